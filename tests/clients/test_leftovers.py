import asyncio

import pytest

from clients.leftovers import MOST, Leftovers
from core.errors import Unavailable
from core.media.entities import MediaKey
from core.tenancy.entities import BucketKey
from tests.clients.sweeping import emptied

KEY = BucketKey(access_key="a", secret_key="s")


class Store:
    """Silent for the first *silences* questions."""

    def __init__(self, silences: int = 0) -> None:
        self.silences = silences
        self.deleted: list[tuple[str, BucketKey, MediaKey]] = []

    async def delete(self, bucket: str, key: BucketKey, name: MediaKey) -> None:
        if self.silences:
            self.silences -= 1
            raise Unavailable
        self.deleted.append((bucket, key, name))


@pytest.mark.parametrize("silences", [0, 1, 5])
async def test_they_are_deleted_as_soon_as_the_store_answers(silences: int) -> None:
    store = Store(silences)
    leftovers = Leftovers(store.delete, pauses=(0.0, 0.001))
    leftovers.add("one", KEY, MediaKey("a.webp"))
    leftovers.add("two", KEY, MediaKey("a.webp"))

    await emptied(leftovers)

    assert store.deleted == [("one", KEY, "a.webp"), ("two", KEY, "a.webp")]
    await leftovers.close()


async def test_later_ones_are_deleted_too() -> None:
    store = Store()
    leftovers = Leftovers(store.delete, pauses=(0.0,))
    for name in ("a.webp", "b.webp"):
        leftovers.add("one", KEY, MediaKey(name))
        await emptied(leftovers)
        await asyncio.sleep(0.01)

    assert [name for _, _, name in store.deleted] == ["a.webp", "b.webp"]
    await leftovers.close()


async def test_what_is_wanted_after_all_stays() -> None:
    store = Store()
    leftovers = Leftovers(store.delete, pauses=(0.0,))
    leftovers.add("one", KEY, MediaKey("a.webp"))
    leftovers.discard("one", MediaKey("a.webp"))
    leftovers.discard("one", MediaKey("never there"))
    await asyncio.sleep(0.01)

    assert store.deleted == []
    await leftovers.close()


async def test_there_is_an_end_to_what_is_remembered() -> None:
    leftovers = Leftovers(Store().delete, pauses=(60.0,))
    for number in range(MOST + 5):
        leftovers.add("one", KEY, MediaKey(str(number)))

    assert len(leftovers) == MOST
    await leftovers.close()


async def test_closing_without_any_is_fine() -> None:
    await Leftovers(Store().delete).close()
