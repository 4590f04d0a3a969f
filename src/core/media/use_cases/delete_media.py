from contextlib import suppress
from dataclasses import dataclass

from core.access import Access, Action
from core.errors import Conflict, StaleVersion, Unavailable
from core.media.entities import MediaKey
from core.media.storage import Files, MediaStorage
from core.text import N_
from core.transaction import Transaction


class MediaInUse(Conflict):
    code = "media_in_use"
    message = N_("A post or the site's settings show this file. Delete it all the same?")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteMedia:
    """Who may, deletes a file for good. Refused with MediaNotFound, StaleVersion, or MediaInUse unless *even_if_used*.

    It is unlisted first: should the store be silent then, nothing leads to the leftover object any more.
    """

    access: Access
    media: MediaStorage
    files: Files
    transaction: Transaction

    async def __call__(self, key: MediaKey, *, expected: int | None = None, even_if_used: bool = False) -> None:
        self.access.require(Action.DELETE_MEDIA)
        media = await self.media.get(key)
        self.access.require(Action.DELETE_MEDIA, on=media)
        if expected is not None and expected != media.version:
            raise StaleVersion(current=media.version)
        if not even_if_used and await self.media.is_used(key):
            raise MediaInUse
        await self.media.delete(key)
        await self.transaction.commit()
        with suppress(Unavailable):
            await self.files.delete(key)
