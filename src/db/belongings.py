"""What goes under somebody's name, in all tables."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.identity import UserId
from core.slugs import SlugMaker
from core.users.entities import User
from core.users.people import Belongings
from db.blog.addresses import SqlRedirectStorage
from db.blog.rows import PostRow
from db.competency_matrix.rows import QuestionRow
from db.media import MediaRow

_AUTHORS = "/blog/authors/"


class SqlBelongings:
    def __init__(self, session: AsyncSession, slugs: SlugMaker) -> None:
        self._session = session
        self._slugs = slugs

    async def count(self, user_id: UserId) -> Belongings:
        counted = (
            select(func.count()).select_from(PostRow).where(PostRow.author_id == user_id).scalar_subquery(),
            select(func.count()).select_from(QuestionRow).where(QuestionRow.author_id == user_id).scalar_subquery(),
            select(func.count()).select_from(MediaRow).where(MediaRow.uploaded_by == user_id).scalar_subquery(),
        )
        posts, questions, files = (await self._session.execute(select(*counted))).one()
        return Belongings(posts=posts, questions=questions, files=files)

    async def hand_over(self, user_id: UserId, heir: User) -> None:
        named = {"author_id": heir.id, **self._named(heir)}
        await self._session.execute(update(PostRow).where(PostRow.author_id == user_id).values(named))
        for row, column in ((QuestionRow, QuestionRow.author_id), (MediaRow, MediaRow.uploaded_by)):
            await self._session.execute(update(row).where(column == user_id).values({column.key: heir.id}))

    async def rename(self, user: User, *, before: str) -> None:
        hers = update(PostRow).where(PostRow.author_id == user.id, PostRow.author_name == before)
        renamed = hers.values(self._named(user)).returning(PostRow.id)
        old, new = self._slugs.make(before), self._slugs.make(user.name)
        if not (await self._session.scalars(renamed)).all() or old == new or not (old and new):
            return
        redirects = SqlRedirectStorage(self._session)
        await redirects.drop(f"{_AUTHORS}{new}")
        await redirects.forward(f"{_AUTHORS}{old}", f"{_AUTHORS}{new}")

    def _named(self, user: User) -> dict[str, Any]:
        slug = self._slugs.make(user.name)
        return {"author_name": user.name, "author_slug": slug, "version": PostRow.version + 1}
