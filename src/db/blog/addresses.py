from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.addresses import PreviewLink, Redirect
from core.blog.entities import PostId
from db.base import columns, values_of
from db.blog.filters import readable
from db.blog.rows import LINK, PostRow, PreviewLinkRow, RedirectRow, link_of

REMEMBERED = timedelta(days=30)


class SqlRedirectStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, path: str, *, now: datetime) -> Redirect | None:
        if "\x00" in path:
            return None
        post = [getattr(PostRow, name) for name in LINK]
        query = select(RedirectRow.target, *post).select_from(RedirectRow)
        query = query.outerjoin(PostRow, and_(PostRow.id == RedirectRow.post_id, readable(now)))
        row = (await self._session.execute(query.where(RedirectRow.path == path))).mappings().one_or_none()
        if row is None or (row["target"] is None and row["id"] is None):
            return None
        return Redirect(path=path, target=row["target"], post=link_of(row) if row["id"] else None)

    async def point(self, path: str, post_id: PostId) -> None:
        await self._lead(path, post_id=post_id, target=None)

    async def forward(self, path: str, target: str) -> None:
        if path == target:
            return
        # What was moved there and back again would go round for ever.
        is_way_back = and_(RedirectRow.path == target, RedirectRow.target == path)
        await self._session.execute(delete(RedirectRow).where(is_way_back))
        await self._session.execute(update(RedirectRow).where(RedirectRow.target == path).values(target=target))
        await self._lead(path, post_id=None, target=target)

    async def list_old(self) -> Mapping[PostId, Sequence[str]]:
        found: dict[PostId, list[str]] = defaultdict(list)
        query = select(RedirectRow.post_id, RedirectRow.path).where(RedirectRow.post_id.is_not(None))
        for row in (await self._session.execute(query)).mappings():
            found[PostId(row["post_id"])].append(row["path"])
        return found

    async def drop(self, path: str) -> None:
        await self._session.execute(delete(RedirectRow).where(RedirectRow.path == path))

    async def _lead(self, path: str, *, post_id: PostId | None, target: str | None) -> None:
        where = {"post_id": post_id, "target": target, "created_at": func.now()}
        adding = insert(RedirectRow).values(path=path, **where)
        await self._session.execute(adding.on_conflict_do_update(index_elements=["path"], set_=where))


class SqlPreviewLinkStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, link: PreviewLink) -> None:
        await self._session.execute(insert(PreviewLinkRow).values(values_of(link)))

    async def find(self, link_id: str) -> PreviewLink | None:
        query = select(*columns(PreviewLinkRow)).where(PreviewLinkRow.id == link_id)
        row = (await self._session.execute(query)).mappings().one_or_none()
        return PreviewLink(**row) if row else None

    async def list_of(self, post_id: PostId, *, now: datetime) -> Sequence[PreviewLink]:
        ended = func.least(PreviewLinkRow.expires_at, PreviewLinkRow.revoked_at)
        query = select(*columns(PreviewLinkRow)).where(PreviewLinkRow.post_id == post_id, ended >= now - REMEMBERED)
        query = query.order_by(PreviewLinkRow.created_at.desc(), PreviewLinkRow.id)
        return [PreviewLink(**row) for row in (await self._session.execute(query)).mappings()]

    async def revoke(self, link_id: str, *, at: datetime) -> None:
        change = update(PreviewLinkRow).where(PreviewLinkRow.id == link_id, PreviewLinkRow.revoked_at.is_(None))
        await self._session.execute(change.values(revoked_at=at))
