from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaFile
from core.media.storage import MediaStorage
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMedia:
    """Members see the site's files, newest first: all, those whose name or description holds the *query*, those that
    nothing shows."""

    access: Access
    media: MediaStorage

    async def __call__(
        self, *, limit: int = 20, cursor: str | None = None, query: str = "", only_unused: bool = False
    ) -> Slice[MediaFile]:
        self.access.require(Action.LIST_MEDIA)
        return await self.media.list_newest(limit=limit, cursor=cursor, query=query.strip(), only_unused=only_unused)
