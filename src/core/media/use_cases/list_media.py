from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaFile
from core.media.storage import MediaStorage
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMedia:
    """Members see the site's files, newest first."""

    access: Access
    media: MediaStorage

    async def __call__(self, *, limit: int = 20, cursor: str | None = None) -> Slice[MediaFile]:
        self.access.require(Action.LIST_MEDIA)
        return await self.media.list_newest(limit=limit, cursor=cursor)
