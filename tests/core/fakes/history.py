from collections.abc import Sequence

from core.blog.entities import PostId
from core.blog.errors import RevisionNotFound
from core.blog.history import Revision, WorkingCopy
from core.identity import UserId


class MemoryRevisions:
    def __init__(self) -> None:
        self.kept: dict[tuple[PostId, int], Revision] = {}

    async def add(self, revision: Revision) -> None:
        newest = next(iter(await self.list_newest(revision.post_id, limit=1)), None)
        is_theirs = newest is not None and newest.saved_by == revision.saved_by
        if newest is not None and is_theirs and newest.is_auto and revision.is_auto:
            del self.kept[newest.post_id, newest.number]
        self.kept[revision.post_id, revision.number] = revision

    async def list_newest(self, post_id: PostId, *, limit: int, before: int | None = None) -> Sequence[Revision]:
        theirs = [one for one in self.kept.values() if one.post_id == post_id]
        found = [one for one in theirs if before is None or one.number < before]
        return sorted(found, key=lambda one: one.number, reverse=True)[:limit]

    async def get(self, post_id: PostId, number: int) -> Revision:
        if (post_id, number) not in self.kept:
            raise RevisionNotFound
        return self.kept[post_id, number]


class MemoryCopies:
    def __init__(self) -> None:
        self.kept: dict[tuple[PostId, UserId], WorkingCopy] = {}

    async def find(self, post_id: PostId, user_id: UserId) -> WorkingCopy | None:
        return self.kept.get((post_id, user_id))

    async def keep(self, copy: WorkingCopy) -> None:
        self.kept[copy.post_id, copy.user_id] = copy

    async def discard(self, post_id: PostId, user_id: UserId) -> None:
        self.kept.pop((post_id, user_id), None)
