from dataclasses import dataclass

from core.access import Access, Action
from core.media.storage import MediaStorage, MediaTotals


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureMedia:
    """Members see how much the site's files take."""

    access: Access
    media: MediaStorage

    async def __call__(self) -> MediaTotals:
        self.access.require(Action.LIST_MEDIA)
        return await self.media.totals()
