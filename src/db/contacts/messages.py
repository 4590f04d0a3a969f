from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Interval,
    any_,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import Text

from core.contacts.addresses import is_about
from core.contacts.entities import Keeping, Message, MessageId, MessageState
from core.contacts.errors import MessageNotFound
from core.contacts.storage import INBOX_STATES, Folder, MessageQuery
from core.errors import StaleVersion
from core.pagination import NumberedPage, Slice
from db import cursors
from db.base import columns
from db.contacts.rows import UNREAD, MessageRow, message_of, values

FURTHEST = 2**31
_SHOWN = columns(MessageRow, without=UNREAD)
_NEWEST = (MessageRow.received_at.desc(), MessageRow.id.desc())
_IS_THERE = MessageRow.trashed_at.is_(None)


class SqlMessageStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, message: Message) -> None:
        await self._session.execute(insert(MessageRow).values(values(message)))

    async def get(self, message_id: MessageId | str) -> Message:
        found = await self._session.execute(select(*_SHOWN).where(MessageRow.id == message_id))
        row = found.mappings().one_or_none()
        if row is None:
            raise MessageNotFound
        return message_of(row)

    async def save(self, message: Message) -> Message:
        saved = replace(message, version=message.version + 1)
        change = update(MessageRow).where(MessageRow.id == message.id, MessageRow.version == message.version)
        if await self._session.scalar(change.values(values(saved)).returning(MessageRow.id)) is None:
            raise StaleVersion(current=(await self.get(message.id)).version)
        return saved

    async def list_numbered(self, query: MessageQuery, *, number: int, size: int) -> NumberedPage[Message]:
        wanted = _conditions(query)
        chosen = select(*_SHOWN).where(*wanted).order_by(*_NEWEST)
        shown = chosen.limit(size).offset(min((number - 1) * size, FURTHEST)).subquery("shown")
        total = select(func.count().label("total")).select_from(MessageRow).where(*wanted).subquery("whole")
        both = select(total.c.total, *shown.c).select_from(total.outerjoin(shown, true()))
        both = both.order_by(shown.c.received_at.desc(), shown.c.id.desc())
        rows = (await self._session.execute(both)).mappings().all()
        items = [message_of(row) for row in rows if row["id"] is not None]
        return NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])

    async def list_slice(self, query: MessageQuery, *, cursor: str | None, limit: int) -> Slice[Message]:
        chosen = select(*_SHOWN).where(*_conditions(query)).order_by(*_NEWEST).limit(limit + 1)
        if cursor is not None:
            before = tuple_(*map(literal, cursors.read(cursor)))
            chosen = chosen.where(tuple_(MessageRow.received_at, MessageRow.id) < before)
        found = [message_of(row) for row in (await self._session.execute(chosen)).mappings()]
        shown = found[:limit]
        following = cursors.written(shown[-1].received_at, shown[-1].id) if len(found) > limit else None
        return Slice(items=shown, next_cursor=following)

    async def count(self) -> Mapping[Folder, int]:
        counts = [func.count().filter(*_in_folder(folder)).label(folder.value) for folder in Folder]
        row = (await self._session.execute(select(*counts).select_from(MessageRow))).mappings().one()
        return {folder: row[folder.value] for folder in Folder}

    async def count_alike(self, fingerprint: str, *, since: datetime) -> int:
        query = select(func.count()).where(MessageRow.fingerprint == fingerprint, MessageRow.received_at >= since)
        return await self._session.scalar(query) or 0

    async def set_state(self, message_ids: Sequence[str], state: MessageState) -> int:
        return await self._change(_is_any(message_ids), _IS_THERE, state=state.value)

    async def set_trashed(self, message_ids: Sequence[str], at: datetime | None) -> int:
        is_elsewhere = _IS_THERE if at is not None else MessageRow.trashed_at.is_not(None)
        return await self._change(_is_any(message_ids), is_elsewhere, trashed_at=at)

    async def list_about(self, address: str) -> Sequence[Message]:
        said = MessageRow.folded.contains(address.replace("\x00", ""), autoescape=True)
        query = select(*_SHOWN).where(said).order_by(MessageRow.received_at, MessageRow.id)
        found = map(message_of, (await self._session.execute(query)).mappings())
        return [message for message in found if is_about(message, address)]

    async def erase(self, message_ids: Sequence[str]) -> int:
        return await self._delete(_is_any(message_ids))

    async def expire(self, keeping: Keeping, *, now: datetime) -> int:
        erased = await self._delete(_end(keeping) <= now)
        is_known = (MessageRow.client != "", MessageRow.received_at <= now - keeping.client)
        await self._session.execute(update(MessageRow).where(*is_known).values(client=""))
        return erased

    async def next_end(self, keeping: Keeping) -> datetime | None:
        forgets = case((MessageRow.client != "", MessageRow.received_at + cast(keeping.client, Interval())))
        found: datetime | None = await self._session.scalar(select(func.min(func.least(_end(keeping), forgets))))
        return found

    async def _change(self, *conditions: ColumnElement[bool], **changes: Any) -> int:
        change = update(MessageRow).where(*conditions).values(**changes, version=MessageRow.version + 1)
        return len((await self._session.scalars(change.returning(MessageRow.id))).all())

    async def _delete(self, *conditions: ColumnElement[bool]) -> int:
        gone = delete(MessageRow).where(*conditions).returning(MessageRow.id)
        return len((await self._session.scalars(gone)).all())


def _conditions(query: MessageQuery) -> list[ColumnElement[bool]]:
    found = [*_in_folder(query.folder)]
    if query.text:
        typed = query.text.replace("\x00", "").casefold()
        found.append(MessageRow.folded.contains(typed, autoescape=True))
    if query.assignee_id is not None:
        found.append(MessageRow.assignee_id == query.assignee_id)
    return found


def _in_folder(folder: Folder) -> list[ColumnElement[bool]]:
    if folder is Folder.TRASH:
        return [MessageRow.trashed_at.is_not(None)]
    states = INBOX_STATES if folder is Folder.INBOX else (MessageState(folder.value),)
    return [_IS_THERE, MessageRow.state.in_([state.value for state in states])]


def _is_any(message_ids: Sequence[str]) -> ColumnElement[bool]:
    return MessageRow.id == any_(literal(list(message_ids), ARRAY(Text())))


def _end(keeping: Keeping) -> ColumnElement[datetime]:
    """As Keeping.ends_at; LEAST passes over what is NULL."""
    spam, kept = (cast(life, Interval()) for life in (min(keeping.spam, keeping.kept), keeping.kept))
    life = case((MessageRow.state == MessageState.SPAM.value, spam), else_=kept)
    return func.least(MessageRow.received_at + life, MessageRow.trashed_at + cast(keeping.trash, Interval()))
