"""A Chromium for the browser tests: the machine's own, else installed; never done without in silence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from dev.trouble import Trouble

# The shell is the same engine without a browser around it, which nobody sees here: tests take half the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ASK_PLAYWRIGHT = (
    "from playwright.sync_api import sync_playwright as p\nwith p() as b: print(b.chromium.executable_path)"
)


def starts(program: str | Path | None) -> bool:
    """Present is not enough: libraries may be missing."""
    if not program or not Path(program).exists():
        return False
    try:
        asked = subprocess.run([program, "--version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def on_path() -> str | None:
    found = (shutil.which(name) for name in NAMES)
    return next((program for program in found if starts(program)), None)


def of_playwright() -> str | None:
    asked = subprocess.run([sys.executable, "-c", ASK_PLAYWRIGHT], capture_output=True, text=True, check=False)
    program = asked.stdout.strip()
    return program if starts(program) else None


def from_apt() -> str | None:
    if os.geteuid() or not shutil.which("apt-get"):
        return None
    print("No Chromium on PATH: installing one with apt-get", file=sys.stderr, flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    installing = ("install", "-y", "-qq", "--no-install-recommends")
    for words in (("update", "-qq"), (*installing, NAMES[0]), (*installing, NAMES[1])):
        command = ["apt-get", *words]
        done = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, check=False)
        if words[0] == "install" and not done.returncode:
            return on_path()
    return None


def downloaded() -> str | None:
    print("No Chromium on PATH: downloading Playwright's", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return of_playwright()


def find() -> str:
    named = os.environ.get("TERRACE_TEST_CHROMIUM")
    if named:
        if starts(named):
            return named
        raise Trouble(f"TERRACE_TEST_CHROMIUM names {named}, which does not start.")
    for way in (on_path, of_playwright, from_apt, downloaded):
        if program := way():
            return program
    raise Trouble(
        "The browser tests need Chromium, and none could be installed: put `chromium` on PATH, then try again."
    )
