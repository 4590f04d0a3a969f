"""Become a command that dies with its parent: `child.py PARENT SIGNAL UID:GID|- COMMAND…`.

A program of its own instead of a function run between fork and exec: that is unsafe in a process with
threads. Order matters: the kernel forgets the wish to die when credentials change, so they change first.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def give_up_root(account: str) -> None:
    uid, gid = (int(number) for number in account.split(":"))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def die_with_parent(parent: int, death_signal: int) -> None:
    """Linux's promise; the check closes the gap in which the parent died before it was made."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0):
            raise OSError(ctypes.get_errno(), "prctl")
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    parent, death_signal, account, *command = sys.argv[1:]
    if account != "-":
        give_up_root(account)
    die_with_parent(int(parent), int(death_signal))
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
