from typing import TypeVar

V = TypeVar("V")


class Rows(dict[str, V]):
    """One table: itself what the open transaction sees, *kept* what is durable."""

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[str, V] = {}

    @property
    def is_changed(self) -> bool:
        return dict(self) != self.kept

    def keep(self) -> None:
        self.kept = dict(self)

    def forget(self) -> None:
        self.clear()
        self.update(self.kept)
