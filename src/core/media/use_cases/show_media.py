from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaFile, MediaKey
from core.media.storage import MediaStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMedia:
    """Members see what is known of one file. Refused with MediaNotFound."""

    access: Access
    media: MediaStorage

    async def __call__(self, key: MediaKey) -> MediaFile:
        self.access.require(Action.LIST_MEDIA)
        return await self.media.get(key)
