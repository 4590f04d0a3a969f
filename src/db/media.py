from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    DateTime,
    Exists,
    ForeignKey,
    Index,
    Select,
    Text,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    text,
    tuple_,
    union_all,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB, array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.errors import StaleVersion
from core.media.entities import MediaFile, MediaKey, MediaVariant
from core.media.errors import MediaNotFound
from core.media.places import MediaPlace, PlaceKind
from core.media.storage import MediaTotals
from core.pagination import Slice
from db import cursors
from db.base import TenantRow, columns, values_of
from db.blog import PostRow, WorkingCopyRow
from db.competency_matrix.cards import shown_in
from db.competency_matrix.rows import QuestionRow
from db.site import SiteRow
from db.users import UserRow

_PLACE = ("id", "author_id", "is_public", "published_at", "trashed_at")
_BIO = func.coalesce(UserRow.profile["bio"].astext, "")
_VARIANT = tuple(MediaVariant.__dataclass_fields__)


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
    colour: Mapped[str] = mapped_column(server_default="")
    variants: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    source_digest: Mapped[str] = mapped_column(server_default="", index=True)
    edition: Mapped[str] = mapped_column(server_default="")
    was_animated: Mapped[bool] = mapped_column(server_default=text("false"))
    stored_size: Mapped[int] = mapped_column(BigInteger, server_default="0")

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

    async def list_newest(
        self, *, limit: int, cursor: str | None, query: str = "", only_unused: bool = False
    ) -> Slice[MediaFile]:
        conditions: list[ColumnElement[bool]] = []
        if cursor is not None:
            before = tuple_(*map(literal, cursors.read(cursor)))
            conditions.append(tuple_(MediaRow.created_at, MediaRow.key) < before)
        if query:
            asked = query.replace("\x00", "")
            conditions.append(
                or_(*(row.icontains(asked, autoescape=True) for row in (MediaRow.filename, MediaRow.alt)))
            )
        if only_unused:
            conditions += [~use for use in _uses()]
        found = await self._list(*conditions, limit=limit + 1)
        shown = found[:limit]
        has_more = len(found) > limit
        following = cursors.written(shown[-1].created_at, shown[-1].key) if has_more else None
        return Slice(items=shown, next_cursor=following)

    async def list_all(self) -> Sequence[MediaFile]:
        return await self._list()

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        found = await self._list(MediaRow.filename == filename, limit=1)
        return found[0] if found else None

    async def find_by_source(self, digest: str) -> MediaFile | None:
        found = await self._list(or_(MediaRow.source_digest == digest, MediaRow.digest == digest), limit=1)
        return found[0] if found else None

    async def add(self, media: MediaFile) -> None:
        await self._session.execute(insert(MediaRow).values(_values(media)))

    async def save(self, media: MediaFile) -> MediaFile:
        change = update(MediaRow).where(MediaRow.key == media.key, MediaRow.version == media.version)
        values = _values(media) | {"version": media.version + 1}
        saved = await self._session.scalar(change.values(values).returning(MediaRow.key))
        if saved is None:
            raise StaleVersion(current=(await self.get(media.key)).version)
        return replace(media, version=media.version + 1)

    async def delete(self, key: MediaKey) -> None:
        await self._session.execute(delete(MediaRow).where(MediaRow.key == key))

    async def places(self, media: MediaFile) -> Sequence[MediaPlace]:
        stem = media.key.partition(".")[0]
        names = [f"media:{name}" for name in {media.key, media.lasting_key, *media.objects}]
        by_post = or_(
            PostRow.cover == media.key,
            PostRow.mentions.overlap(names),
            PostRow.id.in_(select(WorkingCopyRow.post_id).where(_is_in_copy(stem))),
            (PostRow.mentions == []) & (func.strpos(PostRow.body, stem) > 0),  # saved before mentions were written down
        )
        by_question = or_(
            QuestionRow.mentions.overlap(names),
            QuestionRow.id.in_(select(WorkingCopyRow.question_id).where(_is_in_copy(stem))),
        )
        by_person = or_(UserRow.profile["picture"].astext == media.key, func.strpos(_BIO, stem) > 0)
        texts = (_posts().where(by_post), _questions().where(by_question))
        places = union_all(*texts, _people().where(by_person))
        placed = places.subquery("places")
        query = select(*placed.c).order_by(placed.c.rank, placed.c.title, placed.c.id)
        found = [_place(row) for row in (await self._session.execute(query)).mappings()]
        by_site = or_(SiteRow.picture == media.key, func.strpos(SiteRow.about, stem) > 0)
        if await self._session.scalar(select(exists().where(by_site))):
            found.append(MediaPlace(kind=PlaceKind.SITE))
        return found

    async def totals(self) -> MediaTotals:
        query = select(func.count().label("files"), func.coalesce(func.sum(MediaRow.stored_size), 0).label("size"))
        row = (await self._session.execute(query.select_from(MediaRow))).one()
        return MediaTotals(files=row.files, size=int(row.size))

    async def hold(self) -> MediaTotals:
        held = func.pg_advisory_xact_lock(func.hashtextextended(func.current_schema() + ".media", 0))
        await self._session.execute(select(held))
        return await self.totals()

    async def _list(self, *conditions: ColumnElement[bool], limit: int | None = None) -> list[MediaFile]:
        query = select(*columns(MediaRow, without=("stored_size",))).where(*conditions)
        query = query.order_by(MediaRow.created_at.desc(), MediaRow.key.desc()).limit(limit)
        return [media_of(row) for row in (await self._session.execute(query)).mappings()]


def media_of(row: Mapping[Any, Any]) -> MediaFile:
    """The entry that a row with all columns but *stored_size* tells of."""
    variants = tuple(MediaVariant(**{name: told[name] for name in _VARIANT}) for told in row["variants"])
    return MediaFile(**{**row, "variants": variants})


def _posts() -> Select[Any]:
    shown = (PostRow.kind, PostRow.title, literal(1).label("rank"))
    return select(*(getattr(PostRow, name) for name in _PLACE), *shown)


def _questions() -> Select[Any]:
    title = shown_in(None)["question"].astext
    shown = (literal(PlaceKind.QUESTION.value).label("kind"), title.label("title"), literal(2))
    return select(*(getattr(QuestionRow, name) for name in _PLACE), *shown)


def _people() -> Select[Any]:
    never = null().cast(DateTime(timezone=True))
    place: tuple[ColumnElement[Any], ...] = (literal(value=False), never, never.label("trashed_at"))
    shown = (literal(PlaceKind.PROFILE.value), UserRow.name, literal(3))
    return select(UserRow.id, UserRow.id.label("owner_id"), *place, *shown)


def _place(row: Mapping[Any, Any]) -> MediaPlace:
    return MediaPlace(
        kind=PlaceKind(row["kind"]),
        id=row["id"],
        title=row["title"],
        owner_id=row["author_id"],
        published_at=row["published_at"] if row["is_public"] else None,
        is_trashed=row["trashed_at"] is not None,
    )


def _values(media: MediaFile) -> dict[str, Any]:
    variants = [{name: getattr(variant, name) for name in _VARIANT} for variant in media.variants]
    return values_of(media) | {"variants": variants, "stored_size": media.stored_size}


def _is_in_copy(stem: str | ColumnElement[str]) -> ColumnElement[bool]:
    """Somebody is at work on a text with it."""
    return func.strpos(cast(WorkingCopyRow.text, Text), stem) > 0


def _uses() -> tuple[Exists, ...]:
    """What shows the file of the row at hand: one look-up in an index for each, joined from the file's side."""
    names = array([literal("media:") + MediaRow.key])
    stem = func.split_part(MediaRow.key, ".", 1)
    return (
        exists().where(PostRow.mentions.contains(names)).correlate(MediaRow),
        exists().where(QuestionRow.mentions.contains(names)).correlate(MediaRow),
        exists().where(_is_in_copy(stem)).correlate(MediaRow),
        exists().where(PostRow.cover == MediaRow.key).correlate(MediaRow),
        exists().where(SiteRow.picture == MediaRow.key).correlate(MediaRow),
        exists().where(func.strpos(SiteRow.about, stem) > 0).correlate(MediaRow),
        exists().where(UserRow.profile["picture"].astext == MediaRow.key).correlate(MediaRow),
        exists().where(func.strpos(_BIO, stem) > 0).correlate(MediaRow),
    )
