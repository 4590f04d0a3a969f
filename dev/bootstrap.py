"""Bring the checkout to life: `python3 dev/bootstrap.py [MODULE ARGUMENTS...]`, from the checkout's root.

Written so that any Python, however old, can read this one file and say what is wrong with itself.
"""

import os
import runpy
import subprocess
import sys

if tuple(sys.version_info[:2]) < (3, 11):
    for name in ("python3.14", "python3.13", "python3.12", "python3.11"):
        try:
            works = subprocess.call([name, "-c", ""], stderr=subprocess.PIPE) == 0
        except OSError:
            works = False
        if works:
            os.execvp(name, [name] + sys.argv)
    sys.exit(
        "Terrace needs Python 3.11 or later, this is %d.%d: install one and name it, PYTHON=python3.13 make dev"
        % sys.version_info[:2]
    )

sys.path[0] = ""  # the checkout, instead of this file's folder
runpy.run_module("dev.installation", run_name="__main__")
