from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.errors import SuggestionDecided, SuggestionNotFound
from core.competency_matrix.suggestions import Suggestion, SuggestionId, SuggestionState
from core.pagination import NumberedPage
from db.base import columns, values_of
from db.competency_matrix.rows import SuggestionRow

FURTHEST = 2**31
_IS_NEW = SuggestionRow.state == SuggestionState.NEW.value


class SqlSuggestionStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, suggestion: Suggestion) -> None:
        await self._session.execute(insert(SuggestionRow).values(_values(suggestion)))

    async def get(self, suggestion_id: SuggestionId | str) -> Suggestion:
        query = select(*columns(SuggestionRow)).where(SuggestionRow.id == suggestion_id)
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            raise SuggestionNotFound
        return _suggestion_of(row)

    async def save(self, suggestion: Suggestion) -> None:
        change = update(SuggestionRow).where(SuggestionRow.id == suggestion.id, _IS_NEW).values(_values(suggestion))
        if await self._session.scalar(change.returning(SuggestionRow.id)) is None:
            await self.get(suggestion.id)
            raise SuggestionDecided

    async def list_numbered(self, state: SuggestionState | None, *, number: int, size: int) -> NumberedPage[Suggestion]:
        is_wanted = true() if state is None else SuggestionRow.state == state.value
        order = (SuggestionRow.created_at.desc(), SuggestionRow.id.desc())
        chosen = select(*columns(SuggestionRow)).where(is_wanted).order_by(*order)
        shown = chosen.limit(size).offset(min((number - 1) * size, FURTHEST)).subquery("shown")
        total = select(func.count().label("total")).select_from(SuggestionRow).where(is_wanted).subquery("whole")
        query = select(total.c.total, *shown.c).select_from(total.outerjoin(shown, true()))
        query = query.order_by(shown.c.created_at.desc(), shown.c.id.desc())
        rows = (await self._session.execute(query)).mappings().all()
        items = [_suggestion_of(row) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def find_open(self, fingerprint: str) -> Suggestion | None:
        query = select(*columns(SuggestionRow)).where(_IS_NEW, SuggestionRow.fingerprint == fingerprint)
        query = query.order_by(SuggestionRow.created_at, SuggestionRow.id).limit(1)
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _suggestion_of(row) if row else None

    async def count_open(self) -> int:
        return await self._session.scalar(select(func.count()).where(_IS_NEW)) or 0


def _suggestion_of(row: Mapping[Any, Any]) -> Suggestion:
    found = {name: row[name] for name in Suggestion.__dataclass_fields__}
    return Suggestion(**{**found, "state": SuggestionState(found["state"])})


def _values(suggestion: Suggestion) -> dict[str, Any]:
    return values_of(suggestion) | {"state": suggestion.state.value, "fingerprint": suggestion.fingerprint}
