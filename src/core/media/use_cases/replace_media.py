from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import StaleVersion
from core.media.entities import UPLOAD_BYTES, MediaFile, MediaKey, digest_of
from core.media.errors import FileTooLarge
from core.media.storage import Files, MediaLimits, MediaStorage, Pictures
from core.media.storing import GRACE, have_deleted, have_rendered_again, refuse_beyond, stored
from core.tasks import TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceMedia:
    """Who may, puts another picture in the place of one: its address stays, and so all that show it show the new one.

    Refused with MediaNotFound, StaleVersion, FileTooLarge, UnusablePicture, SiteFull or Unavailable.
    """

    access: Access
    media: MediaStorage
    files: Files
    pictures: Pictures
    limits: MediaLimits
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, key: MediaKey, content: bytes, *, filename: str, expected: int | None = None) -> MediaFile:
        self.access.require(Action.REPLACE_MEDIA)
        if len(content) > UPLOAD_BYTES:
            raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
        standing = await self.media.get(key)
        self.access.require(Action.REPLACE_MEDIA, on=standing)
        if expected is not None and expected != standing.version:
            raise StaleVersion(current=standing.version)
        await self.transaction.rest()
        picture = await self.pictures.prepare(content)
        media = standing.replaced(picture, filename=filename, source_digest=digest_of(content))
        async with stored(self.files, media, picture):
            totals = await self.media.hold()
            refuse_beyond(self.limits, totals, wanted=media.stored_size, freed=standing.stored_size)
            saved = await self.media.save(media)
            await have_deleted(standing, self.tasks, self.clock, after=GRACE)
            await have_rendered_again(standing, self.tasks, self.clock)
            await self.transaction.commit()
        return saved
