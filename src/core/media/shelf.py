from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.media.entities import ALT_LENGTH, UPLOAD_BYTES, MediaKey, described, digest_of
from core.media.errors import FileTooLarge
from core.media.storage import Files, MediaLimits, MediaStorage, Pictures
from core.media.storing import refuse_beyond, refuse_if_full, stored
from core.pictures import ShelvedPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaShelf:
    """The site's library as others fill it (core.pictures.PictureShelf)."""

    access: Access
    media: MediaStorage
    files: Files
    pictures: Pictures
    limits: MediaLimits
    clock: Clock

    async def has(self, content: bytes) -> bool:
        return await self.media.find_by_source(digest_of(content)) is not None

    async def keep(self, content: bytes, *, filename: str, alt: str = "") -> ShelvedPicture:
        self.access.require(Action.UPLOAD_MEDIA)
        source = digest_of(content)
        found = await self.media.find_by_source(source)
        if found is not None:
            return ShelvedPicture(key=found.key, is_new=False)
        if len(content) > UPLOAD_BYTES:
            raise FileTooLarge(UPLOAD_BYTES // 1024 // 1024)
        await refuse_if_full(self.media, self.limits)
        return ShelvedPicture(key=await self._add(content, filename, alt[:ALT_LENGTH], source), is_new=True)

    async def _add(self, content: bytes, filename: str, alt: str, source: str) -> MediaKey:
        picture = await self.pictures.prepare(content)
        by, at = self.access.actor.user_id, self.clock.now()
        media = described(picture, filename=filename, alt=alt, by=by, at=at, source_digest=source)
        async with stored(self.files, media, picture):
            refuse_beyond(self.limits, await self.media.hold(), wanted=media.stored_size)
            await self.media.add(media)
        return media.key
