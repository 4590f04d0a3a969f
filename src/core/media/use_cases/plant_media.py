from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.media.entities import MediaFile, described, digest_of
from core.media.storage import Files, MediaStorage, Pictures
from core.media.storing import stored
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantMedia:
    """The operator puts a picture of a site's folder into the site, unless one came under the same name before.

    It may go beyond what the site has room for. Refused with UnusablePicture or Unavailable.
    """

    access: Access
    media: MediaStorage
    files: Files
    pictures: Pictures
    clock: Clock
    transaction: Transaction

    async def __call__(self, content: bytes, *, filename: str, alt: str = "") -> MediaFile:
        self.access.require(Action.APPLY_SITE)
        found = await self.media.find_by_filename(filename)
        if found is not None:
            return found
        await self.transaction.rest()
        picture = await self.pictures.prepare(content)
        source, at = digest_of(content), self.clock.now()
        media = described(picture, filename=filename, alt=alt, by=None, at=at, source_digest=source)
        async with stored(self.files, media, picture):
            await self.media.add(media)
            await self.transaction.commit()
        return media
