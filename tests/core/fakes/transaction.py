from copy import copy
from typing import Any, Protocol


class Keeping(Protocol):
    """A fake storage: *kept* is what its tables hold."""

    kept: Any


class MemoryTransaction:
    """Over *storages*, whose uncommitted changes it can take back; *commits* are those that became durable."""

    def __init__(self, *storages: Keeping) -> None:
        self.commits = 0
        self.rests = 0
        self.is_held = False
        self._storages = storages
        self.durable = self._seen()

    def join(self, *storages: Keeping) -> None:
        """*storages* are of this transaction too."""
        self._storages = (*self._storages, *storages)
        self.settle()

    async def commit(self) -> None:
        if not self.is_held:
            self.commits += 1
            self.settle()

    async def rest(self) -> None:
        assert self.is_held or self._seen() == self.durable, "resting would lose what was written"
        self.rests += 1

    def hold(self) -> None:
        self.is_held = True

    async def release(self) -> None:
        self.is_held = False
        await self.commit()

    def settle(self) -> None:
        """What stands now is durable."""
        self.durable = self._seen()

    def roll_back(self) -> None:
        for storage, kept in zip(self._storages, self.durable, strict=True):
            storage.kept = copy(kept)

    def _seen(self) -> list[Any]:
        return [copy(storage.kept) for storage in self._storages]
