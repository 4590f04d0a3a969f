from dataclasses import dataclass

from core.access import Access, Action
from core.errors import StaleVersion
from core.media.entities import MediaFile, MediaKey
from core.media.storage import MediaStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMedia:
    """Who may, changes a file's alternative text. Refused with MediaNotFound, Invalid or StaleVersion."""

    access: Access
    media: MediaStorage
    transaction: Transaction

    async def __call__(self, key: MediaKey, *, alt: str, expected: int | None = None) -> MediaFile:
        self.access.require(Action.EDIT_MEDIA)
        media = await self.media.get(key)
        self.access.require(Action.EDIT_MEDIA, on=media)
        if expected is not None and expected != media.version:
            raise StaleVersion(current=media.version)
        described = media.described(alt)
        if described == media:
            return media
        saved = await self.media.save(described)
        await self.transaction.commit()
        return saved
