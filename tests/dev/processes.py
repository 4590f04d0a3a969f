"""Looking at processes from outside, as someone with `ps` would."""

import time
from collections.abc import Callable
from pathlib import Path

from dev.sentinel import processes


def below(root: int) -> set[int]:
    """Every living descendant of a process."""
    table = processes()
    found: set[int] = set()
    while more := {pid for pid, seen in table.items() if seen.parent in found | {root}} - found:
        found |= more
    return found


def alive(pids: set[int]) -> set[int]:
    return pids & processes().keys()


def eventually(holds: Callable[[], object], patience: float = 10.0) -> bool:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.02)
    return bool(holds())


def first_word(path: Path) -> str:
    return path.read_text().split()[0]
