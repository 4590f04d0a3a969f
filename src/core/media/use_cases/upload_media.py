from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import refuse_if_any
from core.media.entities import UPLOAD_BYTES, MediaFile, alt_problem, described, digest_of
from core.media.errors import FileTooLarge
from core.media.storage import Files, MediaLimits, MediaStorage, Pictures
from core.media.storing import refuse_beyond, refuse_if_full, stored
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadMedia:
    """Who may, adds a picture: checked, encoded anew in several sizes, stored in the site's bucket.

    The files are stored before they are listed, so what is listed exists. Refused with FileTooLarge, UnusablePicture,
    SiteFull, Invalid or Unavailable.
    """

    access: Access
    media: MediaStorage
    files: Files
    pictures: Pictures
    limits: MediaLimits
    clock: Clock
    transaction: Transaction

    async def __call__(self, content: bytes, *, filename: str, alt: str = "") -> MediaFile:
        self.access.require(Action.UPLOAD_MEDIA)
        if len(content) > UPLOAD_BYTES:
            raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
        problem = alt_problem(alt)
        refuse_if_any([problem] if problem else [])
        await refuse_if_full(self.media, self.limits)
        await self.transaction.rest()
        picture = await self.pictures.prepare(content)
        by, source = self.access.actor.user_id, digest_of(content)
        at = self.clock.now()
        media = described(picture, filename=filename, alt=alt, by=by, at=at, source_digest=source)
        async with stored(self.files, media, picture):
            refuse_beyond(self.limits, await self.media.hold(), wanted=media.stored_size)
            await self.media.add(media)
            await self.transaction.commit()
        return media
