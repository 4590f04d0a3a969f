from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    any_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from core.blog.addresses import FOLDERS, address_of
from core.blog.entities import PostKind
from core.clock import Clock
from core.markdown import LinkTarget, Mentions, ShownPicture, Surroundings
from core.media.entities import key_of
from core.media.shown import shown_picture
from db.base import columns
from db.blog import PostRow, RedirectRow
from db.blog.filters import readable as readable_post
from db.competency_matrix.cards import shown_in
from db.competency_matrix.filters import readable
from db.competency_matrix.rows import QuestionRow, SheetRow
from db.media import MediaRow, media_of

_MATRIX = "matrix:"


class SqlSurroundings:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def look(self, mentions: Mentions) -> Surroundings:
        addresses = {address: name for name in sorted(mentions.targets) if (address := _address(name))}
        asked = sorted(name.removeprefix(_MATRIX) for name in mentions.targets if name.startswith(_MATRIX))
        return Surroundings(
            targets=await self._targets(addresses, asked) if addresses or asked else {},
            pictures=await self._pictures(sorted(mentions.media)) if mentions.media else {},
        )

    async def _targets(self, addresses: Mapping[str, str], asked: list[str]) -> Mapping[str, LinkTarget]:
        """By name; who has an address now is meant rather than who had it before."""
        now = self._clock.now()
        parts = [*_posts(addresses, now)] if addresses else []
        parts += [_questions(asked, now)] if asked else []
        query = union_all(*parts) if len(parts) > 1 else parts[0]
        found = {}
        for row in sorted((await self._session.execute(query)).mappings(), key=lambda row: row["path"] is None):
            url = f"{row['folder']}{row['slug']}"
            name = f"{_MATRIX}{row['asked']}" if row["asked"] else addresses.get(row["path"] or url)
            if name is not None:
                found[name] = LinkTarget(url=url, title=row["title"], is_public=row["is_public"])
        return found

    async def _pictures(self, names: list[str]) -> Mapping[str, ShownPicture]:
        keys = {name: key_of(name) for name in names}
        query = select(*columns(MediaRow, without=("stored_size",)))
        rows = await self._session.execute(query.where(_is_any(MediaRow.key, sorted({*keys.values()}))))
        shown = {media.key: shown_picture(media) for media in map(media_of, rows.mappings())}
        return {name: shown[key] for name, key in keys.items() if key in shown}


def _posts(addresses: Mapping[str, str], now: datetime) -> Iterable[Select[Any]]:
    """*path* is the address that was left, if it was by that."""
    folder = case(*((PostRow.kind == kind.value, path) for kind, path in FOLDERS.items())).label("folder")
    shown = (folder, PostRow.slug, PostRow.title, readable_post(now).label("is_public"), _none("asked"))
    is_there = PostRow.trashed_at.is_(None)
    slugs = {kind: [path.removeprefix(folder) for path in addresses] for kind, folder in FOLDERS.items()}
    has_it = or_(*((PostRow.kind == kind.value) & _is_any(PostRow.slug, held) for kind, held in slugs.items()))
    left = select(*shown, RedirectRow.path).join(PostRow, PostRow.id == RedirectRow.post_id)
    yield left.where(is_there, _is_any(RedirectRow.path, list(addresses)))
    yield select(*shown, _none("path")).where(is_there, has_it)


def _questions(slugs: list[str], now: datetime) -> Select[Any]:
    """*asked* is the slug that was asked for, *path* the same if it was left."""
    asked = func.unnest(cast(literal(slugs), ARRAY(Text()))).table_valued("slug").render_derived(name="asked").c.slug
    folder = (literal("/matrix/") + SheetRow.key + "/").label("folder")
    title = shown_in(None)["question"].astext.label("title")
    left = case((QuestionRow.slug != asked, asked)).label("path")
    is_it = or_(QuestionRow.slug == asked, QuestionRow.former_slugs.contains(array([asked])))
    shown = (folder, QuestionRow.slug, title, readable(now).label("is_public"), asked.label("asked"), left)
    query = select(*shown).join(SheetRow, SheetRow.id == QuestionRow.sheet_id)
    return query.where(QuestionRow.trashed_at.is_(None), is_it)


def _none(name: str) -> ColumnElement[str]:
    return cast(null(), Text()).label(name)


def _address(name: str) -> str | None:
    """The address that a name such as ``post:a-slug`` means; there is no such thing of other kinds."""
    kind, _, slug = name.partition(":")
    return address_of(PostKind(kind), slug) if kind in {known.value for known in PostKind} else None


def _is_any(column: InstrumentedAttribute[str], values: list[str]) -> ColumnElement[bool]:
    return column == any_(literal(values, ARRAY(Text())))
