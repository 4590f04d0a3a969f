"""Where sheets and what is decided about the matrix are kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet


class SheetStorage(Protocol):
    async def settings(self) -> MatrixSettings:
        """The defaults when nobody has saved any."""
        ...

    async def save_settings(self, settings: MatrixSettings) -> MatrixSettings:
        """Return it with the next version. Raises StaleVersion."""
        ...

    async def list_sheets(self) -> Sequence[Sheet]:
        """In their order; one query."""
        ...

    async def get(self, sheet_id: str) -> Sheet:
        """Raises SheetNotFound."""
        ...

    async def get_by_key(self, key: str) -> Sheet:
        """Raises SheetNotFound."""
        ...

    async def add(self, sheet: Sheet) -> Sheet:
        """At the end of the others. Raises KeyTaken."""
        ...

    async def save(self, sheet: Sheet) -> Sheet:
        """Return it with the next version; its position stays. Raises StaleVersion or KeyTaken."""
        ...

    async def hold(self, sheet_id: str, subsection_id: str) -> None:
        """Nobody else saves or deletes the sheet before this transaction ends. Raises PlaceNotFound when the subsection
        is not in it, or not any more."""
        ...

    async def delete(self, sheet: Sheet) -> None:
        """Raises StaleVersion, or NotEmpty while questions stand in it."""
        ...

    async def order(self, sheet_ids: Sequence[str], *, expected: Sequence[str]) -> None:
        """Put the sheets in the order of *sheet_ids*, if they stand in that of *expected* now. Raises OrderChanged:
        of two that order at once the second is told, and nothing of its order remains."""
        ...
