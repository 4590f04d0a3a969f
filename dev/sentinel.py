"""Outlives the supervisor by a moment, to end what the kernel's promise to its children does not reach.

Grandchildren (a reloader's worker, a database's backends) are no children of the supervisor. This process
reads the supervisor's notes (`+PID`, `~PID` for one that ends by itself, `-PID` for one that has ended,
`!PATH` for a file that speaks of living processes) and, when the pipe closes, ends every session and family
that is still noted and removes those files.
"""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path
from typing import NamedTuple

PATIENCE = 2.0


class Seen(NamedTuple):
    parent: int
    session: int
    born: str


def processes() -> dict[int, Seen]:
    found = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(entry.parent.name)] = Seen(int(fields[1]), int(fields[3]), fields[19])
    return found


def family(roots: set[int], table: dict[int, Seen]) -> dict[int, str]:
    """Every process of the roots' sessions and everything below them, with its time of birth."""
    members = {pid for pid, seen in table.items() if pid in roots or seen.session in roots}
    while more := {pid for pid, seen in table.items() if seen.parent in members and pid not in members}:
        members |= more
    return {pid: table[pid].born for pid in members}


def living(known: dict[int, str]) -> set[int]:
    """Those still the same process: a number may have been given to another one since."""
    table = processes()
    return {pid for pid, born in known.items() if pid in table and table[pid].born == born}


def send(number: int, pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def end(abrupt: set[int], gentle: set[int]) -> None:
    known = family(gentle, processes())
    send(signal.SIGINT, {pid for pid in gentle if pid in known})
    send(signal.SIGCONT, set(known))
    hasty = family(abrupt, processes())
    send(signal.SIGKILL, set(hasty))
    deadline = time.monotonic() + PATIENCE
    while living(known) and time.monotonic() < deadline:
        time.sleep(0.05)
    for _ in range(20):
        known |= hasty | family(abrupt | gentle, processes())
        left = living(known)
        if not left:
            return
        send(signal.SIGKILL, left)
        time.sleep(0.05)


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, signal.SIG_IGN)
    abrupt: set[int] = set()
    gentle: set[int] = set()
    files: list[Path] = []
    for line in sys.stdin:
        mark, word = line[0], line[1:].rstrip("\n")
        if mark == "!":
            files.append(Path(word))
        elif mark == "-":
            abrupt.discard(int(word))
            gentle.discard(int(word))
        else:
            (gentle if mark == "~" else abrupt).add(int(word))
    for file in files:
        file.unlink(missing_ok=True)
    end(abrupt, gentle)


if __name__ == "__main__":
    main()
