"""`eval "$(python3 -m dev.shell)"`: a shell gets the settings of the running `make dev`, for `.venv/bin/terrace`."""

import json
import shlex
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / ".data"


def main() -> int:
    settings = DATA / "settings.json"
    if not settings.is_file():
        print("make dev is not running here: start it first", file=sys.stderr)
        return 1
    for name, value in json.loads(settings.read_text()).items():
        print(f"export {name}={shlex.quote(value)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
