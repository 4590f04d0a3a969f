from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import refuse_if_any
from core.media.entities import UPLOAD_BYTES, MediaFile, alt_problem, described
from core.media.errors import FileTooLarge
from core.media.storage import Files, MediaStorage, Pictures
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadMedia:
    """Who may, adds a picture: checked, encoded anew, stored in the site's bucket.

    The file is stored before it is listed, so what is listed exists. Refused with FileTooLarge, UnusablePicture,
    Invalid or Unavailable.
    """

    access: Access
    media: MediaStorage
    files: Files
    pictures: Pictures
    clock: Clock
    transaction: Transaction

    async def __call__(self, content: bytes, *, filename: str, alt: str = "") -> MediaFile:
        self.access.require(Action.UPLOAD_MEDIA)
        if len(content) > UPLOAD_BYTES:
            raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
        problem = alt_problem(alt)
        refuse_if_any([problem] if problem else [])
        await self.transaction.rest()
        picture = await self.pictures.prepare(content)
        actor = self.access.actor
        media = described(picture, filename=filename, alt=alt, by=actor.user_id, at=self.clock.now())
        await self.files.put(media.key, picture)
        await self.media.add(media)
        await self.transaction.commit()
        return media
