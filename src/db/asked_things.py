from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.identity import UserId
from core.roles.explained import Person, Thing
from db.blog.rows import PostRow
from db.competency_matrix.rows import QuestionRow
from db.media import MediaRow
from db.users import SessionRow, UserRow

_Found = Select[str, str | None, bool] | Select[str, str, bool]


class SqlAskedThings:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def person(self, known_as: str) -> Person | None:
        wanted = known_as.replace("\x00", "").strip()
        who = or_(UserRow.id == wanted, UserRow.email == wanted.lower())
        query = select(UserRow.id, UserRow.name, UserRow.role, UserRow.disabled_at).where(who).limit(1)
        row = (await self._session.execute(query)).one_or_none()
        if row is None:
            return None
        return Person(id=UserId(row.id), name=row.name, role=row.role, is_enabled=row.disabled_at is None)

    async def thing(self, kind: str, thing_id: str, now: datetime) -> Thing | None:
        row = (await self._session.execute(_QUERIES[kind](thing_id.replace("\x00", ""), now))).one_or_none()
        if row is None:
            return None
        label, owner_id, is_public = row
        return Thing(
            kind=kind,
            id=thing_id,
            label=label,
            owner_id=UserId(owner_id) if owner_id else None,
            is_public=bool(is_public),
        )


def _post(wanted: str, now: datetime) -> _Found:
    is_public = _is_public(PostRow, now)
    return select(PostRow.title, PostRow.author_id, is_public).where(PostRow.id == wanted)


def _question(wanted: str, now: datetime) -> _Found:
    is_public = _is_public(QuestionRow, now)
    asked: ColumnElement[str] = QuestionRow.asked.op("->", return_type=JSONB())(QuestionRow.lang)["question"].astext
    return select(asked, QuestionRow.author_id, is_public).where(QuestionRow.id == wanted)


def _media(wanted: str, now: datetime) -> _Found:
    """A file is public where a text shows it, which is too much to find out: who may look through files, sees it."""
    del now
    return select(MediaRow.filename, MediaRow.uploaded_by, false()).where(MediaRow.key == wanted)


def _session(wanted: str, now: datetime) -> _Found:
    del now
    return select(SessionRow.user_agent, SessionRow.user_id, false()).where(SessionRow.id == wanted)


def _is_public(row: Any, now: datetime) -> ColumnElement[bool]:
    published: InstrumentedAttribute[datetime | None] = row.published_at
    return and_(row.trashed_at.is_(None), row.is_public, published <= now)


_QUERIES: dict[str, Callable[[str, datetime], _Found]] = {
    "post": _post,
    "question": _question,
    "media": _media,
    "session": _session,
}
