from dataclasses import dataclass

from core.access import Access, Action
from core.media.storage import MediaLimits, MediaStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaUsage:
    """*size* and *limit* in bytes."""

    files: int
    size: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureMedia:
    """Members see how much the site's files take, and how much they may."""

    access: Access
    media: MediaStorage
    limits: MediaLimits

    async def __call__(self) -> MediaUsage:
        self.access.require(Action.LIST_MEDIA)
        totals = await self.media.totals()
        return MediaUsage(files=totals.files, size=totals.size, limit=self.limits.site_bytes)
