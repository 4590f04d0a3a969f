from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.media.entities import MediaFile, MediaKey
from core.media.places import MediaPlace, as_seen
from core.media.storage import MediaStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatedMedia:
    media: MediaFile
    places: Sequence[MediaPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocateMedia:
    """Members see what is known of one file, and where it is shown: places that they may not read of have no name.

    Refused with MediaNotFound.
    """

    access: Access
    media: MediaStorage
    clock: Clock

    async def __call__(self, key: MediaKey) -> LocatedMedia:
        self.access.require(Action.LIST_MEDIA)
        media = await self.media.get(key)
        places = as_seen(await self.media.places(media), self.access, now=self.clock.now())
        return LocatedMedia(media=media, places=places)
