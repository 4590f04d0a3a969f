from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import StaleVersion
from core.media.entities import MediaKey
from core.media.errors import MediaInUse
from core.media.places import as_seen
from core.media.storage import MediaStorage
from core.media.storing import have_deleted, have_rendered_again
from core.tasks import TaskStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteMedia:
    """Who may, deletes a file for good, in all its sizes. Refused with MediaNotFound, StaleVersion, or MediaInUse
    (which names the places) unless *even_if_used*.

    Nobody gets it from then on; the runner empties the store.
    """

    access: Access
    media: MediaStorage
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, key: MediaKey, *, expected: int | None = None, even_if_used: bool = False) -> None:
        self.access.require(Action.DELETE_MEDIA)
        media = await self.media.get(key)
        self.access.require(Action.DELETE_MEDIA, on=media)
        if expected is not None and expected != media.version:
            raise StaleVersion(current=media.version)
        places = await self.media.places(media)
        if places and not even_if_used:
            raise MediaInUse(as_seen(places, self.access, now=self.clock.now()))
        await self.media.delete(key)
        await have_deleted(media, self.tasks, self.clock)
        if places:
            await have_rendered_again(media, self.tasks, self.clock)
        await self.transaction.commit()
