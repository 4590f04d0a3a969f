"""Bringing pictures into the store so that nothing is left there which no entry leads to."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from core.clock import Clock
from core.media.entities import MediaFile, Picture
from core.media.errors import SiteFull
from core.media.storage import Files, MediaLimits, MediaStorage, MediaTotals
from core.tasks import TaskKind, TaskStorage

GRACE = timedelta(minutes=5)
"""How long the objects of a picture that was replaced are kept: somebody may just be about to open one."""


@asynccontextmanager
async def stored(files: Files, media: MediaFile, picture: Picture) -> AsyncIterator[None]:
    """All objects of *media* are in the store within; whatever goes wrong there, they are gone after it."""
    begun = []
    try:
        for key, part in zip(media.objects, picture.parts, strict=True):
            begun.append(key)
            await files.put(key, part)
        yield
    except BaseException:
        files.forget(begun)
        raise


async def refuse_if_full(media: MediaStorage, limits: MediaLimits) -> None:
    """Raise SiteFull when nothing fits any more, before any work is done for it."""
    totals = await media.totals()
    if totals.size >= limits.site_bytes:
        raise SiteFull(used=totals.size, limit=limits.site_bytes, needed=0)


def refuse_beyond(limits: MediaLimits, totals: MediaTotals, *, wanted: int, freed: int = 0) -> None:
    """Raise SiteFull when *wanted* more bytes, less the *freed* ones, do not fit."""
    if totals.size + wanted - freed > limits.site_bytes:
        raise SiteFull(used=totals.size, limit=limits.site_bytes, needed=wanted)


async def have_deleted(media: MediaFile, tasks: TaskStorage, clock: Clock, *, after: timedelta = timedelta(0)) -> None:
    """The objects of *media* go once the present transaction is final, and surely, whatever happens to this process."""
    objects: dict[str, str] = dict.fromkeys([*media.objects], "")
    await tasks.add(TaskKind.DELETE_FILES, due_at=clock.now() + after, subject=media.stored_key, payload=objects)


async def have_rendered_again(media: MediaFile, tasks: TaskStorage, clock: Clock) -> None:
    """What shows *media* is to say what it has become."""
    await tasks.add(TaskKind.RENDER_AGAIN, due_at=clock.now(), subject=f"media:{media.key}")
