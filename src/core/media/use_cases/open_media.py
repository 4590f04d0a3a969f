from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaFile, MediaKey
from core.media.storage import Content, Files, MediaStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMedia:
    """*content* is None when only the description was asked for."""

    media: MediaFile
    content: Content | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMedia:
    """Anybody who knows a file's key gets it. Refused with MediaNotFound, or Unavailable when the store is silent."""

    access: Access
    media: MediaStorage
    files: Files
    transaction: Transaction

    async def __call__(
        self, key: MediaKey, *, start: int = 0, length: int | None = None, with_content: bool = True
    ) -> OpenedMedia:
        self.access.require(Action.READ_MEDIA)
        media = await self.media.get(key)
        await self.transaction.rest()
        content = await self.files.open(key, start=start, length=length) if with_content else None
        return OpenedMedia(media=media, content=content)
