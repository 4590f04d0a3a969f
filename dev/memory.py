"""What one data folder keeps from start to start: ports, passwords, the kind of store. Mode 0600."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path


def write_private(path: Path, content: str) -> None:
    """Whole or not at all, and never readable by others, not even for a moment."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(content)
    fresh.replace(path)


class Memory:
    """Safe to use from several threads of one process."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turn = threading.RLock()
        self.entries: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}

    def recall(self, key: str) -> str | None:
        return self.entries.get(key)

    def remember(self, key: str, value: str) -> str:
        with self._turn:
            if self.entries.get(key) != value:
                self.entries[key] = value
                write_private(self.path, json.dumps(self.entries, indent=2, sort_keys=True) + "\n")
            return value

    def once(self, key: str, make: Callable[[], str]) -> str:
        """What was made the first time."""
        with self._turn:
            known = self.recall(key)
            return self.remember(key, make()) if known is None else known
