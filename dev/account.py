"""PostgreSQL refuses to run as root: the account that stands in, and a place that it can reach."""

import hashlib
import os
import pwd
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dev.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
REFUGES = Path("/var") / "tmp"  # survives a restart of the machine, unlike /tmp


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    uid: int
    gid: int


def stand_in() -> Account | None:
    """For root `nobody`, the one unprivileged account that every system names; else none is needed."""
    if os.geteuid():
        return None
    entry = pwd.getpwnam("nobody")
    return Account(uid=entry.pw_uid, gid=entry.pw_gid)


def reaches(account: Account, path: Path) -> bool:
    """May it walk down to `path`? By the plain mode bits of the folders on the way."""
    for folder in (path, *path.parents):
        state = folder.stat()
        if not state.st_mode & (0o100 if state.st_uid == account.uid else 0o001):
            return False
    return True


def refuge(account: Account) -> Path:
    """This checkout's own folder outside of it, private to the account, never somebody else's."""
    name = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    folder = REFUGES / f"terrace-{name}"
    try:
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)
    except FileExistsError:
        state = folder.lstat()
        if folder.is_symlink() or state.st_uid != account.uid or state.st_mode & 0o077:
            raise Trouble(f"{folder} belongs to somebody else: remove it, then try again.") from None
    return folder


def give(account: Account, folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def copy_for(account: Account, sources: Iterable[Path], target: Path) -> Path:
    """A folder with copies of `sources` that the account can use; a half-made one is made anew."""
    if not target.exists():
        fresh = target.with_name(f"{target.name}.new")
        shutil.rmtree(fresh, ignore_errors=True)
        for source in sources:
            unneeded = shutil.ignore_patterns("include", "*.a")
            shutil.copytree(source, fresh / source.name, symlinks=True, ignore=unneeded)
        give(account, fresh)
        fresh.rename(target)
    return target
