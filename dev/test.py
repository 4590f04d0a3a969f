"""`make test`: every behaviour on real services and in a real browser, core covered whole."""

import os
import shlex
import subprocess
import sys

from dev import chromium
from dev.sites import ROOT
from dev.trouble import in_one_line

SLOW = ("--durations=10", "--durations-min=5")  # what takes longer than this on a machine of one's own is looked at
COVERED = ("--cov", "--cov-branch", "--cov-report=term-missing:skip-covered", "--cov-fail-under=100")


def test() -> int:
    chosen = shlex.split(os.environ.get("ARGS", ""))
    environment = os.environ | {"TERRACE_TEST_CHROMIUM": chromium.find()}
    coverage = () if chosen else COVERED  # a part of the tests says nothing about the whole
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadfile", *SLOW, *coverage, *chosen]
    os.chdir(ROOT)
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(in_one_line(test))
