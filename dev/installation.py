"""Install what uv.lock names into .venv, then become the module that was asked for. Standard library only."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from dev.trouble import Trouble, diagnosis, in_one_line, last_lines

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".terrace-installed"
PRIVATE_UV = ROOT / ".data" / "uv"
UV = "uv>=0.8"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def fingerprint() -> str:
    """Changes when another set of packages, or another Python, is called for."""
    digest = hashlib.sha256(f"{sys.version}\n{os.path.realpath(sys.executable)}\n{ROOT}\n".encode())
    for name in ("uv.lock", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_installed(wanted: str) -> bool:
    return (VENV / "bin" / "python").exists() and STAMP.is_file() and STAMP.read_text() == wanted


def works(uv: str | Path) -> bool:
    """A version manager's shim may stand on PATH for a uv that this Python does not have."""
    try:
        return subprocess.run([uv, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def find_uv() -> str | None:
    scripts = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))]
    places = [shutil.which("uv"), *(f"{folder}/uv" for folder in scripts), str(PRIVATE_UV / "bin" / "uv")]
    return next((place for place in places if place and works(place)), None)


def pip_install(python: str | Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [python, "-m", "pip", "install", "--quiet", *options, UV]
    return subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


def fetch_uv() -> str:
    """By pip for this user, else by pip as it is, else into a venv of its own where pip refuses (PEP 668)."""
    say("uv is not here yet: fetching it with pip")
    for options in (("--user",), ()):
        done = pip_install(sys.executable, *options)
        if done.returncode == 0 and (uv := find_uv()):
            return uv
        if line := diagnosis(done.stderr):
            raise Trouble(line)
    say(f"pip refuses here: uv goes into {PRIVATE_UV.relative_to(ROOT)}")
    made = subprocess.run([sys.executable, "-m", "venv", PRIVATE_UV], capture_output=True, text=True, check=False)
    if made.returncode:
        shutil.rmtree(PRIVATE_UV, ignore_errors=True)
        known = diagnosis(made.stdout + made.stderr)
        raise Trouble(known or "Neither uv nor pip nor venv is here: install uv, or your system's python3-venv.")
    done = pip_install(PRIVATE_UV / "bin" / "python")
    if done.returncode == 0 and (uv := find_uv()):
        return uv
    raise Trouble(diagnosis(done.stderr) or f"uv could not be fetched: {last_lines(done.stderr)}")


def own_python() -> str:
    """The interpreter itself: when the .venv's own Python runs this, the one that it was made from."""
    inside = Path(sys.prefix).resolve() == VENV.resolve()
    return os.path.realpath(sys.executable) if inside else sys.executable


def sync(uv: str) -> None:
    environment = os.environ | {
        "UV_PYTHON": own_python(),
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
    }
    environment.pop("VIRTUAL_ENV", None)
    command = [uv, "sync", "--locked", "--no-progress"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    heard: list[str] = []
    for line in process.stderr or ():
        heard.append(line)
        if line.startswith(("Downloading", " Downloaded", "Prepared", "Installed", "Building")):
            say(f"  {line.strip()}")
    if process.wait():
        output = "".join(heard)
        raise Trouble(diagnosis(output) or f"The packages could not be installed: {last_lines(output)}")


def install() -> int:
    wanted = fingerprint()
    if is_installed(wanted):
        return 0
    started = time.monotonic()
    say("Installing what uv.lock names")
    sync(find_uv() or fetch_uv())
    STAMP.write_text(wanted)
    say(f"Installed in {time.monotonic() - started:.1f} s")
    return 0


def main(arguments: list[str]) -> int:
    os.environ.setdefault("TERRACE_STARTED_AT", str(time.time()))
    if failed := in_one_line(install):
        return failed
    if arguments:
        python = str(VENV / "bin" / "python")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling all packages at each start takes 5 s
        sys.stdout.flush()
        os.chdir(ROOT)
        os.execv(python, [python, "-m", *arguments])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
