"""What `make dev` says before it begins."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from dev.memory import Memory
from dev.serve import app_environment, wanted_port
from dev.services import ServiceAddresses
from dev.store import StoreKind
from dev.trouble import Trouble, diagnosis

ROOT = Path(__file__).resolve().parents[2]
NO_PYTHON = (
    "Terrace needs Python 3.11 or later and finds no no-such-python: "
    "install it, or name another: PYTHON=/path/to/python3 make"
)


def test_a_taken_port_is_one_line_that_names_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        monkeypatch.setenv("PORT", str(taken))
        with pytest.raises(Trouble, match=rf"^Port {taken} is taken: .*PORT=\d+ make dev$"):
            wanted_port()


@pytest.mark.parametrize("word", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    monkeypatch.setenv("PORT", word)
    with pytest.raises(Trouble, match="a number between 1 and 65535"):
        wanted_port()


def test_a_missing_python_is_one_clear_line() -> None:
    make = shutil.which("make")
    assert make
    done = subprocess.run(
        [make, "-C", ROOT, "check", "PYTHON=no-such-python"], capture_output=True, text=True, check=False
    )
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert done.returncode == 2
    assert lines == [NO_PYTHON]


def test_an_old_python_is_one_clear_line(tmp_path: Path) -> None:
    """The real file, read by a Python that says of itself that it is old, with no newer one on PATH."""
    pretend = f"import sys; sys.version_info = (3, 8, 1); exec(open({str(ROOT / 'dev' / 'bootstrap.py')!r}).read())"
    environment = os.environ | {"PATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", pretend], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "Terrace needs Python 3.11 or later, this is 3.8: install one and name it, PYTHON=python3.13 make dev\n"
    )


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("error: failed to write: No space left on device (os error 28)", "The disk is full"),
        ("error: Failed to fetch: `simple/ruff`\n  Caused by: dns error", "No network"),
        ("error: The lockfile at `uv.lock` needs to be updated", "uv.lock does not match"),
    ],
)
def test_a_known_failure_is_one_clear_line(output: str, line: str) -> None:
    told = diagnosis(output)
    assert told
    assert told.startswith(line)
    assert "\n" not in told


def test_the_app_gets_settings_that_a_release_knows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else `terrace doctor` warns of them in everybody's first minutes."""
    monkeypatch.setenv("TERRACE_STARTED_AT", "1.5")
    words = dict.fromkeys(ServiceAddresses.__dataclass_fields__, "x")
    addresses = ServiceAddresses.from_json(json.dumps(words | {"storage_kind": StoreKind.MINIO}))
    given = {name for name in app_environment(addresses, Memory(tmp_path / "state.json"), 9000) if "TERRACE_" in name}
    listed = set(re.findall(r"^#? ?(TERRACE_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    outer = {name for name in given if name.startswith(("TERRACE_TEST_", "TERRACE_DEV_"))}
    assert "TERRACE_STORAGE__ENDPOINT" in given
    assert given - outer <= listed
