"""`make test`: every behaviour on real services and in a real browser, core covered whole."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from typing import IO

from dev import chromium
from dev.sites import ROOT
from dev.trouble import in_one_line

PYTEST = (sys.executable, "-m", "pytest")
SLOW = ("--durations=10", "--durations-min=5")  # what takes longer than this on a machine of one's own is looked at
SHARED = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")  # tests/plugins/order.py knows the better order
CORE = "tests/core"
COVERED = (
    "-q",
    "--no-header",
    "--cov",
    "--cov-branch",
    "--cov-report=term-missing:skip-covered",
    "--cov-fail-under=100",
)


def test() -> int:
    chosen = shlex.split(os.environ.get("ARGS", ""))
    environment = os.environ | {"TERRACE_TEST_CHROMIUM": chromium.find()}
    os.chdir(ROOT)
    if chosen:  # a part of the tests says nothing about the whole
        return subprocess.run([*PYTEST, *SHARED, *SLOW, *chosen], env=environment, check=False).returncode
    return everything(environment)


def everything(environment: Mapping[str, str]) -> int:
    """The core's tests cover it alone. Counting lines makes Python half as slow again, so nobody else is counted."""
    with tempfile.TemporaryFile("w+") as told:
        core = subprocess.Popen([*PYTEST, CORE, *COVERED], env=environment, stdout=told, stderr=subprocess.STDOUT)
        with core:
            others = subprocess.run([*PYTEST, f"--ignore={CORE}", *SHARED, *SLOW], env=environment, check=False)
        show(told)
    return others.returncode or core.returncode


def show(told: IO[str]) -> None:
    told.seek(0)
    print("\ncore:", told.read(), sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(in_one_line(test))
