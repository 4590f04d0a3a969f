from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.competency_matrix.errors import KeyTaken, NotEmpty, OrderChanged, PlaceNotFound, SheetNotFound
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.errors import StaleVersion

if TYPE_CHECKING:
    from tests.core.fakes.matrix import MemoryQuestions


class Chosen:
    """The settings, as a storage of their own for the transaction."""

    def __init__(self) -> None:
        self.kept = MatrixSettings()


class MemorySheets:
    """In their order. *questions* are those of MemoryQuestions, once there are any."""

    def __init__(self) -> None:
        self.kept: tuple[Sheet, ...] = ()
        self.chosen = Chosen()
        self.questions: MemoryQuestions | None = None

    async def settings(self) -> MatrixSettings:
        return self.chosen.kept

    async def save_settings(self, settings: MatrixSettings) -> MatrixSettings:
        if settings.version != self.chosen.kept.version:
            raise StaleVersion(current=self.chosen.kept.version)
        self.chosen.kept = replace(settings, version=settings.version + 1)
        return self.chosen.kept

    async def list_sheets(self) -> Sequence[Sheet]:
        return [*self.kept]

    async def get(self, sheet_id: str) -> Sheet:
        found = next((sheet for sheet in self.kept if sheet.id == sheet_id), None)
        if found is None:
            raise SheetNotFound
        return found

    async def get_by_key(self, key: str) -> Sheet:
        found = next((sheet for sheet in self.kept if sheet.key == key), None)
        if found is None:
            raise SheetNotFound
        return found

    async def add(self, sheet: Sheet) -> Sheet:
        self._refuse_taken(sheet)
        last = max((other.position for other in self.kept), default=0)
        added = replace(sheet, position=last + 1)
        self.kept = (*self.kept, added)
        return added

    async def save(self, sheet: Sheet) -> Sheet:
        standing = await self._standing(sheet)
        self._refuse_taken(sheet)
        saved = replace(sheet, position=standing.position, version=sheet.version + 1)
        self.kept = tuple(saved if one.id == sheet.id else one for one in self.kept)
        return saved

    async def hold(self, sheet_id: str, subsection_id: str) -> None:
        sheet = next((sheet for sheet in self.kept if sheet.id == sheet_id), None)
        if sheet is None:
            raise PlaceNotFound
        sheet.subsection(subsection_id)

    async def delete(self, sheet: Sheet) -> None:
        await self._standing(sheet)
        held = self.questions.kept.values() if self.questions else ()
        if count := sum(question.sheet_id == sheet.id for question in held):
            raise NotEmpty(count=count)
        self.kept = tuple(one for one in self.kept if one.id != sheet.id)

    async def order(self, sheet_ids: Sequence[str], *, expected: Sequence[str]) -> None:
        standing = [str(sheet.id) for sheet in self.kept]
        if list(expected) != standing or sorted(sheet_ids) != sorted(standing):
            raise OrderChanged
        by_id = {str(sheet.id): sheet for sheet in self.kept}
        self.kept = tuple(replace(by_id[one], position=position) for position, one in enumerate(sheet_ids, 1))

    async def _standing(self, sheet: Sheet) -> Sheet:
        standing = await self.get(sheet.id)
        if standing.version != sheet.version:
            raise StaleVersion(current=standing.version)
        return standing

    def _refuse_taken(self, sheet: Sheet) -> None:
        if any(other.key == sheet.key and other.id != sheet.id for other in self.kept):
            raise KeyTaken(sheet.key)
