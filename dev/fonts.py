"""Make `src/static/fonts` again from npm: `python dev/fonts.py` (needs Node and uv; the result is committed).

Each face is cut to the letters and features the sites use, weights 400 to 700. Faces with a reserved
name lose their names, as the SIL Open Font License asks of a changed version; the licences lie beside them.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from dev.npm_packages import Origin, Package, fetch, place, write_versions

FONTS = Path(__file__).resolve().parents[1] / "src" / "static" / "fonts"
FONTTOOLS = "fonttools[woff]==4.60.1"

SERIF = Package(name="source-serif", version="4.5.1", licence="OFL-1.1")
SANS = Package(name="@fontsource-variable/onest", version="5.3.1", licence="OFL-1.1")
MONO = Package(name="@fontsource-variable/jetbrains-mono", version="5.3.0", licence="OFL-1.1")
MATH = Package(name="@fontsource/stix-two-math", version="5.3.0", licence="OFL-1.1")

LATIN = "U+0020-007E,U+00A0-00FF,U+0131,U+0152,U+0153,U+0160,U+0161,U+0178,U+017D,U+017E,U+02BC"
LATIN += ",U+02C6,U+02DA,U+02DC,U+2010-2015,U+2018-201F,U+2020-2022,U+2026"
LATIN += ",U+202F,U+2030,U+2032,U+2033,U+2039,U+203A,U+2044,U+20AC,U+20BD,U+2116,U+2122,U+2190-2193,U+2212"
LATIN += ",U+2248,U+2260,U+2264,U+2265"
CYRILLIC = "U+0301,U+0400-045F,U+0490,U+0491"
BOXES = ",U+2500,U+2502,U+250C,U+2510,U+2514,U+2518,U+251C,U+2524,U+252C,U+2534,U+253C,U+2588,U+2713,U+2717"

FORMULAS = "U+0020-007E,U+00A0-00BF,U+00D7,U+00F7,U+0131,U+0237,U+0300-030C,U+0338,U+0391-03C9,U+03D1,U+03D5"
FORMULAS += ",U+03F5,U+2016,U+2020,U+2021,U+2026,U+2032-2034,U+2044,U+2061-2064,U+20D7,U+210E,U+2110,U+211D"
FORMULAS += ",U+2115,U+2124,U+2190-2194,U+21A6,U+21D0-21D4,U+2200-220B,U+220F-2213,U+2217-221A,U+221D-222E,U+2234"
FORMULAS += ",U+2235,U+223C,U+2243,U+2245,U+2248,U+2260,U+2261,U+2264,U+2265,U+226A,U+226B,U+2282-2287,U+2295"
FORMULAS += ",U+2297,U+22A2,U+22A5,U+22C5,U+22C0-22C3,U+22EE-22F1,U+2308-230B,U+23DE,U+23DF,U+27E8,U+27E9"
FORMULAS += ",U+1D434-1D467,U+1D6E2-1D71B"
RARE_IN_FORMULAS = "U+00C0-00D6,U+00D8-00F6,U+00F8-00FF,U+030D-0337,U+03D6,U+03F0-03F1,U+2035-2037,U+2057,U+20D0-20D6"
RARE_IN_FORMULAS += ",U+20D8-20DF,U+20E1,U+2102-210D,U+210F,U+2111-2114,U+2116-211C,U+211E-2123,U+2125-2138,U+2195-21A5"
RARE_IN_FORMULAS += ",U+21A7-21CF,U+21D5-21FF,U+220C-220E,U+2214-2216,U+221B-221C,U+222F-2233,U+2236-223B,U+223D-2242"
RARE_IN_FORMULAS += ",U+2244,U+2246-2247,U+2249-225F,U+2262-2263,U+2266-2269,U+226C-2281,U+2288-2294,U+2296,U+2298-22A1"
RARE_IN_FORMULAS += ",U+22A3-22A4,U+22A6-22BF,U+22C4,U+22C6-22ED,U+22F2-22FF,U+2320-2321,U+239B-23B5,U+23DC-23DD"
RARE_IN_FORMULAS += ",U+23E0-23E1,U+25A1,U+25B3,U+25CB,U+25CF,U+27C2,U+27E6-27E7,U+27EA-27EB,U+27F5-27FF,U+29F5"
RARE_IN_FORMULAS += ",U+2A00-2A02,U+2A3F,U+2A7D-2A7E,U+2AAF-2AB0,U+1D400-1D433,U+1D49C-1D56B,U+1D5A0-1D5D3"
RARE_IN_FORMULAS += ",U+1D670-1D6A3,U+1D6A8-1D6E1,U+1D7CE-1D7E1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """One file to make: which letters of which source, pinned or limited on which axes, if it has any."""

    file: str
    package: Package
    source: str
    axes: tuple[str, ...]
    letters: str
    features: str = "kern,liga,locl,ccmp,mark,mkmk,onum,lnum,pnum,tnum,case"


def faces() -> Iterator[Face]:
    serif = "WOFF2/VAR/SourceSerif4Variable-{}.ttf.woff2"
    styles = (("", serif.format("Roman"), "wght=400:700"), ("-italic", serif.format("Italic"), "wght=400"))
    for style, source, weights in styles:
        for script, letters in (("latin", LATIN), ("cyrillic", CYRILLIC)):
            file = f"serif-{script}{style}.woff2"
            axes = (weights, "opsz=16")
            yield Face(file=file, package=SERIF, source=source, axes=axes, letters=letters)
    for script, letters in (("latin", LATIN), ("cyrillic", CYRILLIC)):
        onest = f"files/onest-{script}-wght-normal.woff2"
        mono = f"files/jetbrains-mono-{script}-wght-normal.woff2"
        yield Face(file=f"sans-{script}.woff2", package=SANS, source=onest, axes=("wght=400:700",), letters=letters)
        yield Face(
            file=f"mono-{script}.woff2",
            package=MONO,
            source=mono,
            axes=("wght=400",),
            letters=letters + BOXES,
            features="kern,locl,ccmp,mark,mkmk",
        )
    stix = "files/stix-two-math-latin-400-normal.woff2"
    for file, letters in (("math.woff2", FORMULAS), ("math-rare.woff2", RARE_IN_FORMULAS)):
        yield Face(file=file, package=MATH, source=stix, axes=(), letters=letters, features="kern,mark,mkmk,ccmp,ssty")


def fonttools(*arguments: str) -> None:
    command = ["uv", "tool", "run", "--from", FONTTOOLS, "fonttools", *arguments]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def cut(face: Face, package: Path, workshop: Path) -> Path:
    made = workshop / face.file
    source = limited(face, package, workshop) if face.axes else package / face.source
    options = ["--flavor=woff2", f"--unicodes={face.letters}", f"--layout-features={face.features}"]
    options += ["--name-IDs=0,13,14", "--no-hinting", "--desubroutinize", f"--output-file={made}"]
    fonttools("subset", str(source), *options)
    return made


def limited(face: Face, package: Path, workshop: Path) -> Path:
    made = workshop / f"limited-{face.file}.ttf"
    fonttools(
        "varLib.instancer", "--quiet", "--no-recalc-timestamp", "-o", str(made), str(package / face.source), *face.axes
    )
    return made


def make(workshop: Path) -> Iterator[Origin]:
    fetched = {package.name: fetch(package, workshop) for package in (SERIF, SANS, MONO, MATH)}
    for face in faces():
        made = cut(face, fetched[face.package.name], workshop)
        note = f"{face.source}, cut by dev/fonts.py"
        yield place(face.package, made, FONTS / face.file, FONTS, note)
    for package, licence in ((SERIF, "LICENSE.md"), (SANS, "LICENSE"), (MONO, "LICENSE"), (MATH, "LICENSE")):
        target = FONTS / f"OFL-{package.name.rpartition('/')[2]}.txt"
        yield place(package, fetched[package.name] / licence, target, FONTS)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="terrace-fonts-") as folder:
        if FONTS.exists():
            shutil.rmtree(FONTS)
        FONTS.mkdir(parents=True)
        write_versions(FONTS, list(make(Path(folder))))
    print(f"made {FONTS}")


if __name__ == "__main__":
    main()
