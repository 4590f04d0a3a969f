from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import Rendition, key_of
from core.media.errors import MediaNotFound
from core.media.storage import Content, Files, MediaStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedMedia:
    """*content* is None when only the description was asked for."""

    rendition: Rendition
    content: Content | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMedia:
    """Anybody who knows a file's address, or that of one of its sizes, gets it.

    Refused with MediaNotFound, or Unavailable when the store is silent.
    """

    access: Access
    media: MediaStorage
    files: Files
    transaction: Transaction

    async def __call__(
        self, name: str, *, start: int = 0, length: int | None = None, with_content: bool = True
    ) -> OpenedMedia:
        self.access.require(Action.READ_MEDIA)
        rendition = (await self.media.get(key_of(name))).rendition(name)
        if rendition is None:
            raise MediaNotFound
        await self.transaction.rest()
        content = await self.files.open(rendition.key, start=start, length=length) if with_content else None
        return OpenedMedia(rendition=rendition, content=content)
