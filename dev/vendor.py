"""Make `src/static/vendor` again from npm: `python dev/vendor.py`.

The result is committed, so building and serving the product needs neither Node nor a network.
Bootstrap is compiled from its own Sass (`dev/looks/bootstrap.scss` says which parts); none of its
JavaScript is taken, since dialogs and disclosures are the browser's own.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.npm_packages import Origin, Package, fetch, place, write_versions

HERE = Path(__file__).resolve().parent
VENDOR = HERE.parent / "src" / "static" / "vendor"

BOOTSTRAP = Package(name="bootstrap", version="5.3.9", licence="MIT")
HTMX = Package(name="htmx.org", version="2.0.11", licence="0BSD")
HYPERSCRIPT = Package(name="hyperscript.org", version="0.9.14", licence="BSD-2-Clause")
SASS = Package(name="sass", version="1.108.2", licence="MIT")


def compile_bootstrap(package: Path, workshop: Path) -> Path:
    """Compile our choice of Bootstrap's parts, in a layer that any rule of ours wins over.

    `sass` is fetched for the purpose and not kept.
    """
    css = workshop / "bootstrap.min.css"
    command = [
        *("npm", "exec", "--yes", "--silent", f"--package={SASS.spec}", "--", "sass"),
        *("--style=compressed", "--no-source-map", "--no-charset", "--quiet"),
        f"--load-path={package / 'scss'}",
        str(HERE / "looks" / "bootstrap.scss"),
        str(css),
    ]
    subprocess.run(command, check=True, cwd=workshop)
    rules = css.read_text(encoding="utf-8").strip()
    css.write_text(f"@layer bootstrap{{{rules}}}\n", encoding="utf-8")
    return css


def make(workshop: Path) -> list[Origin]:
    bootstrap, htmx, hyperscript = (fetch(p, workshop) for p in (BOOTSTRAP, HTMX, HYPERSCRIPT))
    css = compile_bootstrap(bootstrap, workshop)
    compiled = f"scss/, by dev/looks/bootstrap.scss and {SASS.spec}"
    htmx_js, hyperscript_js = htmx / "dist" / "htmx.min.js", hyperscript / "dist" / "_hyperscript.min.js"
    return [
        place(BOOTSTRAP, css, VENDOR / "bootstrap" / "bootstrap.min.css", VENDOR, compiled),
        place(BOOTSTRAP, bootstrap / "LICENSE", VENDOR / "bootstrap" / "LICENSE", VENDOR),
        place(HTMX, htmx_js, VENDOR / "htmx" / "htmx.min.js", VENDOR, "dist/htmx.min.js"),
        place(HTMX, htmx / "LICENSE", VENDOR / "htmx" / "LICENSE", VENDOR),
        place(
            *(HYPERSCRIPT, hyperscript_js, VENDOR / "hyperscript" / "hyperscript.min.js", VENDOR),
            "dist/_hyperscript.min.js",
        ),
        place(HYPERSCRIPT, hyperscript / "LICENSE", VENDOR / "hyperscript" / "LICENSE", VENDOR),
    ]


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="terrace-vendor-") as folder:
        if VENDOR.exists():
            shutil.rmtree(VENDOR)
        VENDOR.mkdir(parents=True)
        write_versions(VENDOR, make(Path(folder)))
    print(f"made {VENDOR}")


if __name__ == "__main__":
    main()
