from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.errors import KeyTaken, NotEmpty, PlaceNotFound, SheetNotFound
from core.competency_matrix.grades import Grade, MatrixSettings
from core.competency_matrix.sheets import Section, Sheet, Subsection
from core.errors import StaleVersion
from db.base import columns, values_of
from db.competency_matrix.orders import put_in_order
from db.competency_matrix.rows import MatrixSettingsRow, QuestionRow, SheetRow

_ORDER = (SheetRow.position, SheetRow.id)


class SqlSheetStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def settings(self) -> MatrixSettings:
        query = select(*columns(MatrixSettingsRow, without=("id",)))
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _settings_of(row) if row else MatrixSettings()

    async def save_settings(self, settings: MatrixSettings) -> MatrixSettings:
        saved = replace(settings, version=settings.version + 1)
        grades = [values_of(grade) for grade in settings.grades]
        values = values_of(saved, without=("grades",)) | {"grades": grades}
        # Nobody has saved any yet: the defaults count as the first version.
        if settings.version == MatrixSettings().version:
            adding = insert(MatrixSettingsRow).values(id=1, **values).on_conflict_do_nothing()
            if await self._session.scalar(adding.returning(MatrixSettingsRow.id)) is not None:
                return saved
        change = update(MatrixSettingsRow).where(MatrixSettingsRow.version == settings.version).values(values)
        if await self._session.scalar(change.returning(MatrixSettingsRow.id)) is None:
            raise StaleVersion(current=(await self.settings()).version)
        return saved

    async def list_sheets(self) -> Sequence[Sheet]:
        query = select(*columns(SheetRow)).order_by(*_ORDER)
        return [_sheet_of(row) for row in (await self._session.execute(query)).mappings()]

    async def get(self, sheet_id: str) -> Sheet:
        return await self._one(SheetRow.id == sheet_id)

    async def get_by_key(self, key: str) -> Sheet:
        return await self._one(SheetRow.key == key)

    async def add(self, sheet: Sheet) -> Sheet:
        position = select(func.coalesce(func.max(SheetRow.position), 0) + 1).scalar_subquery()
        adding = insert(SheetRow).values(_values(sheet) | {"position": position}).on_conflict_do_nothing()
        placed = await self._session.scalar(adding.returning(SheetRow.position))
        if placed is None:
            raise KeyTaken(sheet.key)
        return replace(sheet, position=placed)

    async def save(self, sheet: Sheet) -> Sheet:
        values = _values(sheet) | {"version": sheet.version + 1}
        change = update(SheetRow).where(SheetRow.id == sheet.id, SheetRow.version == sheet.version).values(values)
        position = await self._session.scalar(change.returning(SheetRow.position))
        if position is None:
            raise StaleVersion(current=(await self.get(sheet.id)).version)
        return replace(sheet, position=position, version=sheet.version + 1)

    async def hold(self, sheet_id: str, subsection_id: str) -> None:
        held = select(*columns(SheetRow)).where(SheetRow.id == sheet_id).with_for_update(read=True)
        row = (await self._session.execute(held)).mappings().one_or_none()
        if row is None:
            raise PlaceNotFound
        _sheet_of(row).subsection(subsection_id)

    async def delete(self, sheet: Sheet) -> None:
        # Who is just adding a question holds the sheet; who comes later finds it gone.
        held = select(SheetRow.version).where(SheetRow.id == sheet.id).with_for_update()
        version = await self._session.scalar(held)
        if version is None:
            raise SheetNotFound
        if version != sheet.version:
            raise StaleVersion(current=version)
        count = await self._session.scalar(select(func.count()).where(QuestionRow.sheet_id == sheet.id))
        if count:
            raise NotEmpty(count=count)
        await self._session.execute(delete(SheetRow).where(SheetRow.id == sheet.id))

    async def order(self, sheet_ids: Sequence[str], *, expected: Sequence[str]) -> None:
        await put_in_order(self._session, SheetRow, sheet_ids, expected=expected, within=(), order=_ORDER)

    async def _one(self, chosen: ColumnElement[bool]) -> Sheet:
        row = (await self._session.execute(select(*columns(SheetRow)).where(chosen))).mappings().one_or_none()
        if row is None:
            raise SheetNotFound
        return _sheet_of(row)


def _settings_of(row: Mapping[Any, Any]) -> MatrixSettings:
    return MatrixSettings(**{**row, "grades": tuple(Grade(**grade) for grade in row["grades"])})


def _sheet_of(row: Mapping[Any, Any]) -> Sheet:
    sections = tuple(_section_of(section) for section in row["sections"])
    return Sheet(**{**row, "sections": sections, "former_keys": tuple(row["former_keys"])})


def _section_of(told: Mapping[str, Any]) -> Section:
    return Section(**{**told, "subsections": tuple(Subsection(**one) for one in told["subsections"])})


def _values(sheet: Sheet) -> dict[str, Any]:
    """Its place among the others is for the storage to choose."""
    sections = [
        values_of(section) | {"subsections": [values_of(one) for one in section.subsections]}
        for section in sheet.sections
    ]
    return values_of(sheet, without=("position",)) | {"sections": sections}
