from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.entities import PostId
from core.blog.errors import RevisionNotFound
from core.blog.history import Revision, WorkingCopy
from core.blog.texts import text_fields, text_of
from core.identity import UserId
from db.base import columns, values_of
from db.blog.rows import RevisionRow, WorkingCopyRow

_OF_ANY = ("subject", "question_id")
"""Columns that are there because questions have working copies too."""


class SqlRevisionStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, revision: Revision) -> None:
        if revision.is_auto:
            await self._drop_newest_if_auto(revision)
        values = values_of(revision, without=("text",)) | {"text": text_fields(revision.text)}
        keys = ("post_id", "number")
        adding = insert(RevisionRow).values(values)
        kept = {name: value for name, value in values.items() if name not in keys}
        await self._session.execute(adding.on_conflict_do_update(index_elements=keys, set_=kept))

    async def list_newest(self, post_id: PostId, *, limit: int, before: int | None = None) -> Sequence[Revision]:
        query = select(*columns(RevisionRow)).where(RevisionRow.post_id == post_id)
        if before is not None:
            query = query.where(RevisionRow.number < before)
        query = query.order_by(RevisionRow.number.desc()).limit(limit)
        return [_revision(row) for row in (await self._session.execute(query)).mappings()]

    async def get(self, post_id: PostId, number: int) -> Revision:
        query = select(*columns(RevisionRow)).where(RevisionRow.post_id == post_id, RevisionRow.number == number)
        row = (await self._session.execute(query)).mappings().one_or_none()
        if row is None:
            raise RevisionNotFound
        return _revision(row)

    async def _drop_newest_if_auto(self, revision: Revision) -> None:
        newest = select(func.max(RevisionRow.number)).where(RevisionRow.post_id == revision.post_id)
        is_theirs = RevisionRow.saved_by.is_not_distinct_from(revision.saved_by)
        is_newest = and_(RevisionRow.post_id == revision.post_id, RevisionRow.number == newest.scalar_subquery())
        await self._session.execute(delete(RevisionRow).where(is_newest, RevisionRow.is_auto, is_theirs))


class SqlWorkingCopyStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, post_id: PostId, user_id: UserId) -> WorkingCopy | None:
        query = select(*columns(WorkingCopyRow, without=_OF_ANY)).where(*_whose(post_id, user_id))
        row = (await self._session.execute(query)).mappings().one_or_none()
        return WorkingCopy(**{**row, "text": text_of(row["text"])}) if row else None

    async def keep(self, copy: WorkingCopy) -> None:
        values = values_of(copy, without=("text",)) | {"text": text_fields(copy.text)}
        kept = {name: values[name] for name in ("text", "base_version", "saved_at")}
        adding = insert(WorkingCopyRow).values(values)
        await self._session.execute(adding.on_conflict_do_update(index_elements=["subject", "user_id"], set_=kept))

    async def discard(self, post_id: PostId, user_id: UserId) -> None:
        await self._session.execute(delete(WorkingCopyRow).where(*_whose(post_id, user_id)))


def _whose(post_id: PostId, user_id: UserId) -> tuple[Any, Any]:
    return WorkingCopyRow.post_id == post_id, WorkingCopyRow.user_id == user_id


def _revision(row: Mapping[Any, Any]) -> Revision:
    return Revision(**{**row, "text": text_of(row["text"])})
