"""The embedded services survive what happens to a developer's machine."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dev.services import ServiceAddresses
from tests.dev.processes import alive, below, eventually

ROOT = Path(__file__).resolve().parents[2]
NO_STORE = {
    "TERRACE_STORAGE__ENDPOINT": "http://store.example",
    "TERRACE_STORAGE__ROOT_ACCESS_KEY": "root",
    "TERRACE_STORAGE__ROOT_SECRET_KEY": "secret",
}


@pytest.fixture
def data() -> Iterator[Path]:
    """Not pytest's own folder: as root, PostgreSQL's account could not walk into that one."""
    folder = Path(tempfile.mkdtemp(prefix="terrace-workshop-"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder)


def launch(data: Path, *options: str) -> "subprocess.Popen[str]":
    environment = {name: value for name, value in os.environ.items() if name != "TERRACE_DEV_STORE"} | NO_STORE
    return subprocess.Popen(
        [sys.executable, "-m", "dev.services", "--data", data, "--fast", *options],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextlib.contextmanager
def serving(data: Path, *options: str) -> "Iterator[tuple[subprocess.Popen[str], ServiceAddresses]]":
    with launch(data, *options) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            assert line, process.stderr and process.stderr.read()
            yield process, ServiceAddresses.from_json(line)
        finally:
            process.terminate()


def refusal(data: Path) -> str:
    with launch(data) as process:
        _, errors = process.communicate(timeout=30)
        assert process.returncode == 1
    return errors


def ask(url: str, statement: str) -> object:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else None


def keep_a_row(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")


def test_the_roles_are_those_of_production(data: Path) -> None:
    with serving(data) as (_, addresses):
        app = (
            "SELECT rolsuper OR rolbypassrls OR rolinherit OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        owner = "SELECT rolcreaterole AND NOT rolsuper AND NOT rolbypassrls FROM pg_roles WHERE rolname = current_user"
        assert ask(addresses.app_url, app) is False
        assert ask(addresses.owner_url, owner) is True
        assert ask(addresses.owner_url, "SELECT pg_get_userbyid(datdba) = current_user FROM pg_database "
                   "WHERE datname = current_database()") is True  # fmt: skip
        assert ask(addresses.app_url, "SELECT lower('Ё') = 'ё'") is True


def test_after_kill_9_and_a_stale_lock_the_data_is_served_again_at_the_same_address(data: Path) -> None:
    with serving(data) as (process, first):
        keep_a_row(first.owner_url)
        family = below(process.pid)
        process.kill()
        process.wait(10)
        assert eventually(lambda: not alive(family), 5), alive(family)

    (data / "postgres" / "postmaster.pid").write_text(f"{os.getpid()}\n{data}/postgres\n")
    (data / "postgres.new").mkdir()
    with serving(data) as (_, second):
        assert second == first
        assert ask(second.owner_url, "SELECT n FROM kept") == 7
    assert not (data / "postgres.new").exists()


def test_a_half_made_data_folder_is_made_anew(data: Path) -> None:
    (data / "postgres" / "global").mkdir(parents=True)
    (data / "postgres" / "PG_VERSION").write_text("18\n")
    with serving(data) as (_, addresses):
        assert ask(addresses.app_url, "SELECT 1") == 1


def test_what_cannot_be_repaired_is_explained_in_one_line(data: Path) -> None:
    for part in ("base/1", "global"):
        (data / "postgres" / part).mkdir(parents=True)
    told = refusal(data).splitlines()[-1]
    assert told == f"{data}/postgres is damaged (no control file or passwords): delete it to begin anew."


def test_a_data_folder_in_use_is_refused_with_the_process_that_uses_it(data: Path) -> None:
    with serving(data) as (process, _):
        assert refusal(data) == f"{data} is in use by process {process.pid}: stop that one first.\n"


def test_a_remembered_port_that_was_taken_since_gives_way(data: Path) -> None:
    with socket.socket() as stranger:
        stranger.bind(("127.0.0.1", 0))
        stranger.listen()
        taken = stranger.getsockname()[1]
        data.mkdir()
        (data / "state.json").write_text(json.dumps({"port.postgres": str(taken)}))
        with serving(data) as (_, addresses):
            assert f":{taken}/" not in addresses.app_url
            assert ask(addresses.app_url, "SELECT 1") == 1


def test_a_killed_database_comes_back_by_itself(data: Path) -> None:
    def answers() -> bool:
        with contextlib.suppress(psycopg.OperationalError):
            return ask(addresses.app_url, "SELECT 1") == 1
        return False

    with serving(data, "--pause", "0.1") as (_, addresses):
        first = json.loads((data / "pids.json").read_text())["postgres"]
        os.kill(first, signal.SIGKILL)
        assert eventually(lambda: json.loads((data / "pids.json").read_text())["postgres"] != first)
        assert eventually(answers)


def test_services_end_with_whoever_holds_their_input(data: Path) -> None:
    with serving(data, "--until-input-ends") as (process, _):
        family = below(process.pid)
        assert process.stdin
        process.stdin.close()
        assert process.wait(10) == 0
        assert not alive(family)
