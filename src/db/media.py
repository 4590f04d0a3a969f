from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import StaleVersion
from core.media.entities import MediaFile, MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import MediaTotals
from core.pagination import Slice
from db import cursors
from db.base import TenantRow, columns, values_of
from db.blog import PostRow
from db.site import SiteRow


class MediaRow(TenantRow):
    __tablename__ = "media"

    key: Mapped[str] = mapped_column(primary_key=True)
    filename: Mapped[str]
    content_type: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    size: Mapped[int] = mapped_column(BigInteger)
    digest: Mapped[str]
    alt: Mapped[str]
    uploaded_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    version: Mapped[int]

    __table_args__ = (
        Index("ix_media_newest", text("created_at DESC"), text("key DESC")),
        Index("ix_media_filename", "filename"),
    )


class SqlMediaStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, key: MediaKey) -> MediaFile:
        media = await self.find(key)
        if media is None:
            raise MediaNotFound
        return media

    async def find(self, key: MediaKey) -> MediaFile | None:
        found = await self._list(MediaRow.key == key, limit=1)
        return found[0] if found else None

    async def find_many(self, keys: Sequence[MediaKey]) -> Sequence[MediaFile]:
        return await self._list(MediaRow.key.in_(keys)) if keys else ()

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[MediaFile]:
        before = []
        if cursor is not None:
            before.append(tuple_(MediaRow.created_at, MediaRow.key) < tuple_(*map(literal, cursors.read(cursor))))
        found = await self._list(*before, limit=limit + 1)
        shown = found[:limit]
        has_more = len(found) > limit
        following = cursors.written(shown[-1].created_at, shown[-1].key) if has_more else None
        return Slice(items=shown, next_cursor=following)

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        found = await self._list(MediaRow.filename == filename, limit=1)
        return found[0] if found else None

    async def add(self, media: MediaFile) -> None:
        await self._session.execute(insert(MediaRow).values(values_of(media)))

    async def save(self, media: MediaFile) -> MediaFile:
        change = update(MediaRow).where(MediaRow.key == media.key, MediaRow.version == media.version)
        values = values_of(media, without=("key", "version")) | {"version": media.version + 1}
        saved = await self._session.scalar(change.values(values).returning(MediaRow.key))
        if saved is None:
            raise StaleVersion(current=(await self.get(media.key)).version)
        return replace(media, version=media.version + 1)

    async def delete(self, key: MediaKey) -> None:
        await self._session.execute(delete(MediaRow).where(MediaRow.key == key))

    async def is_used(self, key: MediaKey) -> bool:
        by_post = or_(PostRow.cover == key, func.strpos(PostRow.body, key) > 0)
        by_site = or_(SiteRow.picture == key, func.strpos(SiteRow.about, key) > 0)
        query = select(or_(exists().where(by_post), exists().where(by_site)))
        return bool(await self._session.scalar(query))

    async def totals(self) -> MediaTotals:
        query = select(func.count().label("files"), func.coalesce(func.sum(MediaRow.size), 0).label("size"))
        row = (await self._session.execute(query.select_from(MediaRow))).one()
        return MediaTotals(files=row.files, size=int(row.size))

    async def _list(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[MediaFile]:
        query = select(*columns(MediaRow)).where(*conditions)
        query = query.order_by(MediaRow.created_at.desc(), MediaRow.key.desc()).limit(limit)
        return [_media(row) for row in (await self._session.execute(query)).mappings()]


def _media(row: Mapping[Any, Any]) -> MediaFile:
    return MediaFile(**row)
