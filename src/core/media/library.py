from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.media.entities import MediaKey
from core.media.errors import MediaNotFound
from core.media.storage import Files, MediaStorage
from core.pictures import LibraryPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLibrary:
    """The site's library as others read it (core.pictures.PictureLibrary)."""

    access: Access
    media: MediaStorage
    files: Files

    async def list_all(self) -> Sequence[LibraryPicture]:
        self.access.require(Action.LIST_MEDIA)
        return [
            LibraryPicture(
                key=media.key,
                stored_key=media.stored_key,
                filename=media.filename,
                alt=media.alt,
                digest=media.digest,
            )
            for media in await self.media.list_all()
        ]

    async def read(self, picture: LibraryPicture) -> bytes | None:
        try:
            content = await self.files.open(MediaKey(picture.stored_key))
        except MediaNotFound:
            return None
        return b"".join([chunk async for chunk in content.chunks])
