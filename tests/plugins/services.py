"""The real services of a test run: one PostgreSQL and one object store, started when a test first asks.

The process that steers the run owns them (with xdist its workers come and go); workers ask it through a
socket. They live in a child that stops when our end of its pipe closes, so nothing outlives the run, and
nothing starts for tests that need no services.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import pytest

from dev import store
from dev.services import ServiceAddresses
from dev.trouble import Trouble

ROOT = Path(__file__).resolve().parents[2]
DOOR = "terrace_services_door"
PATIENCE = 180.0
owned = pytest.StashKey["OwnedServices"]()


class OwnedServices:
    """The services of this run, as the process that steers it holds them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="terrace-tests-"))
        self.folder.chmod(0o711)  # as root, PostgreSQL runs under an account that must pass through
        self.door = self.folder / "door"
        self._lock = threading.Lock()
        self._process: subprocess.Popen[str] | None = None
        self._line = ""
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.door))
        self.door.chmod(0o600)
        self._listener.listen()
        self._porter = threading.Thread(target=self._answer, name="services", daemon=True)
        self._porter.start()

    def _answer(self) -> None:
        """Each visitor gets the addresses, or nothing when the services do not start."""
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            with visitor:
                visitor.sendall(self.line().encode())

    def line(self) -> str:
        with self._lock:
            if self._process is None:
                self._start()
            return self._line

    def _start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "dev.services",
            "--data",
            str(self.folder / "data"),
            "--fast",
            "--until-input-ends",
        ]
        with (self.folder / "services.log").open("w") as log:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C reaches us first, and we close the pipe
            )
        if self._process.stdout:
            self._line = self._process.stdout.readline()

    def end(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._porter.join()
        if self._process and self._process.stdin and self._process.stdout:
            self._process.stdin.close()
            self._process.wait(60)
            self._process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def from_controller(config: pytest.Config) -> dict[str, str] | None:
    """What xdist's controller told this process, None where there is no controller."""
    return getattr(config, "workerinput", None)


def ask_at(door: Path) -> str:
    with socket.socket(socket.AF_UNIX) as visit:
        visit.settimeout(PATIENCE)
        visit.connect(str(door))
        heard = b""
        while chunk := visit.recv(4096):
            heard += chunk
    return heard.decode()


def pytest_configure(config: pytest.Config) -> None:
    if from_controller(config) is None and not config.option.collectonly:
        config.stash[owned] = OwnedServices()


def pytest_unconfigure(config: pytest.Config) -> None:
    if services := config.stash.get(owned, None):
        services.end()


def pytest_report_header() -> str:
    try:
        chosen: str = store.available()
    except Trouble as trouble:
        chosen = f"none: {trouble}"
    return f"services: PostgreSQL, object store: {chosen} (started when a test first asks)"


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput[DOOR] = str(node.config.stash[owned].door)


@pytest.fixture(scope="session")
def services(pytestconfig: pytest.Config) -> ServiceAddresses:
    """Where the run's PostgreSQL and object store are; the first test that asks starts them."""
    if told := from_controller(pytestconfig):
        door = Path(told[DOOR])
        line = ask_at(door)
    else:
        door = pytestconfig.stash[owned].door
        line = pytestconfig.stash[owned].line()
    if not line:
        log = door.with_name("services.log").read_text().strip()
        pytest.fail(f"The services did not start: {log}", pytrace=False)
    return ServiceAddresses.from_json(line)
