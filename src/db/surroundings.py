from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Text, any_, literal, null, or_, select, union_all
from sqlalchemy.dialects.postgresql import ARRAY
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
from db.blog.filters import readable
from db.media import MediaRow, media_of


class SqlSurroundings:
    def __init__(self, session: AsyncSession, clock: Clock) -> None:
        self._session = session
        self._clock = clock

    async def look(self, mentions: Mentions) -> Surroundings:
        addresses = {address: name for name in sorted(mentions.targets) if (address := _address(name))}
        return Surroundings(
            targets=await self._targets(addresses) if addresses else {},
            pictures=await self._pictures(sorted(mentions.media)) if mentions.media else {},
        )

    async def _targets(self, addresses: Mapping[str, str]) -> Mapping[str, LinkTarget]:
        """By name; who has an address now is meant rather than who had it before."""
        shown = (PostRow.kind, PostRow.slug, PostRow.title, readable(self._clock.now()).label("is_public"))
        is_there = PostRow.trashed_at.is_(None)
        slugs = {kind: [path.removeprefix(folder) for path in addresses] for kind, folder in FOLDERS.items()}
        has_it = or_(*((PostRow.kind == kind.value) & _is_any(PostRow.slug, held) for kind, held in slugs.items()))
        had_it = _is_any(RedirectRow.path, list(addresses))
        left = select(*shown, RedirectRow.path).join(PostRow, PostRow.id == RedirectRow.post_id)
        query: CompoundSelect[Any] = union_all(
            left.where(is_there, had_it), select(*shown, null()).where(is_there, has_it)
        )
        rows = (await self._session.execute(query)).mappings().all()
        found = {}
        for row in sorted(rows, key=lambda row: row["path"] is None):
            url = address_of(PostKind(row["kind"]), row["slug"])
            name = addresses.get(row["path"] or url)
            if name is not None:
                found[name] = LinkTarget(url=url, title=row["title"], is_public=row["is_public"])
        return found

    async def _pictures(self, names: list[str]) -> Mapping[str, ShownPicture]:
        keys = {name: key_of(name) for name in names}
        query = select(*columns(MediaRow, without=("stored_size",)))
        rows = await self._session.execute(query.where(_is_any(MediaRow.key, sorted({*keys.values()}))))
        shown = {media.key: shown_picture(media) for media in map(media_of, rows.mappings())}
        return {name: shown[key] for name, key in keys.items() if key in shown}


def _address(name: str) -> str | None:
    """The address that a name such as ``post:a-slug`` means; there is no such thing of other kinds."""
    kind, _, slug = name.partition(":")
    return address_of(PostKind(kind), slug) if kind in {known.value for known in PostKind} else None


def _is_any(column: InstrumentedAttribute[str], values: list[str]) -> ColumnElement[bool]:
    return column == any_(literal(values, ARRAY(Text())))
