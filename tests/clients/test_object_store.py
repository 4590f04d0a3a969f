"""The store that stops, hangs, or breaks off: an answer in time, whatever it does."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import replace

import pytest

from clients.minio_files import MinioFiles
from clients.object_store import TURNS, WAITING, ObjectStore
from core.errors import Unavailable
from core.media.entities import new_media_key
from core.media.errors import MediaNotFound
from core.media.storage import Content
from dev.services import ServiceAddresses
from tests.clients.doorway import Doorway, doorway
from tests.clients.sweeping import emptied
from tests.fixtures.bucket import PICTURE, OwnBucket

LARGE = replace(PICTURE, content=bytes(1_000_000))
ENOUGH = 4.5


@pytest.fixture
async def door(services: ServiceAddresses) -> AsyncIterator[Doorway]:
    async with doorway(services.storage_endpoint) as opened:
        yield opened


@pytest.fixture
async def distant(services: ServiceAddresses, door: Doorway) -> AsyncIterator[ObjectStore]:
    """The store behind the door."""
    made = ObjectStore(door.endpoint, services.storage_region)
    yield made
    await made.close()


@pytest.fixture
def files(distant: ObjectStore, bucket: OwnBucket) -> MinioFiles:
    return distant.files(bucket.name, bucket.key)


async def read(content: Content) -> bytes:
    return b"".join([chunk async for chunk in content.chunks])


async def seconds_until_unavailable(attempt: Awaitable[object]) -> float:
    begin = time.monotonic()
    with pytest.raises(Unavailable):
        await attempt
    return time.monotonic() - begin


async def test_a_store_that_is_not_there_is_known_at_once(bucket: OwnBucket) -> None:
    store = ObjectStore("http://127.0.0.1:9", "us-east-1")
    files = store.files(bucket.name, bucket.key)

    for attempt in (files.open(new_media_key("webp")), files.put(new_media_key("webp"), PICTURE)):
        assert await seconds_until_unavailable(attempt) < 1
    assert not await store.is_reachable()
    await store.close()


async def test_reading_from_a_silent_store_ends_in_time(door: Doorway, files: MinioFiles) -> None:
    key = new_media_key("webp")
    await files.put(key, PICTURE)
    door.fall_silent()

    assert await seconds_until_unavailable(files.open(key)) < ENOUGH


@pytest.mark.parametrize("size", [1_000, 15_000_000])
async def test_storing_in_a_silent_store_ends_in_time_with_nothing_left(
    services: ServiceAddresses, bucket: OwnBucket, door: Doorway, distant: ObjectStore, files: MinioFiles, size: int
) -> None:
    distant.leftovers._pauses = (0.2,)
    key = new_media_key("webp")
    door.fall_silent()

    assert await seconds_until_unavailable(files.put(key, replace(PICTURE, content=bytes(size)))) < ENOUGH
    assert len(distant.leftovers) == 1

    door.speak()
    await emptied(distant.leftovers)
    with pytest.raises(MediaNotFound):
        await files.open(key)


async def test_deleting_in_a_silent_store_ends_in_time(door: Doorway, files: MinioFiles) -> None:
    door.fall_silent()

    assert await seconds_until_unavailable(files.delete(new_media_key("webp"))) < ENOUGH


async def test_after_silence_the_next_ones_are_refused_at_once_and_it_comes_back_by_itself(
    door: Doorway, distant: ObjectStore, files: MinioFiles
) -> None:
    key = new_media_key("webp")
    await files.put(key, PICTURE)
    door.fall_silent()
    await seconds_until_unavailable(files.open(key))

    assert await seconds_until_unavailable(files.open(key)) < 0.1
    assert await seconds_until_unavailable(files.put(new_media_key("webp"), PICTURE)) < 0.1
    assert len(distant.leftovers) == 0, "what was never sent is nowhere"

    door.speak()
    async with asyncio.timeout(5):
        while True:
            with suppress(Unavailable):
                await files.open(key)
                break
            await asyncio.sleep(0.1)


async def test_hundreds_who_wait_for_a_silent_store_do_not_pile_up(door: Doorway, files: MinioFiles) -> None:
    key = new_media_key("webp")
    await files.put(key, PICTURE)
    door.fall_silent()
    begin = time.monotonic()

    answers = await asyncio.gather(*(files.open(key) for _ in range(TURNS + WAITING + 100)), return_exceptions=True)

    assert time.monotonic() - begin < ENOUGH
    assert all(isinstance(answer, Unavailable) for answer in answers)
    assert door.connections <= TURNS + 1


async def test_hundreds_are_served_by_a_store_that_answers(door: Doorway, files: MinioFiles) -> None:
    key = new_media_key("webp")
    await files.put(key, PICTURE)

    contents = await asyncio.gather(*(files.open(key) for _ in range(200)))

    assert {await read(content) for content in contents} == {PICTURE.content}
    assert door.connections <= TURNS + 1


async def test_a_small_file_that_breaks_off_is_refused_before_its_first_byte(door: Doorway, files: MinioFiles) -> None:
    key = new_media_key("webp")
    await files.put(key, PICTURE)
    door.let_through = 2_000

    assert await seconds_until_unavailable(files.open(key)) < ENOUGH


async def test_a_large_file_that_breaks_off_ends_in_an_error_not_in_a_short_file(
    door: Doorway, files: MinioFiles
) -> None:
    key = new_media_key("webp")
    await files.put(key, LARGE)
    door.let_through = 500_000
    content = await files.open(key)

    assert content.size == len(LARGE.content)
    assert await seconds_until_unavailable(read(content)) < ENOUGH


async def test_a_large_file_that_nobody_reads_lets_go_of_its_connection(
    distant: ObjectStore, files: MinioFiles
) -> None:
    key = new_media_key("webp")
    await files.put(key, LARGE)
    for _ in range(5):
        content = await files.open(key)
        await content.chunks.aclose()  # type: ignore[attr-defined]  # ours can be closed

    connector = distant._session().connector
    assert connector is not None
    assert len(connector._acquired) == 0


async def test_one_who_goes_away_leaves_her_turn(door: Doorway, distant: ObjectStore, files: MinioFiles) -> None:
    door.fall_silent()
    waiting = [asyncio.create_task(files.open(new_media_key("webp"))) for _ in range(TURNS)]
    await asyncio.sleep(0.2)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    door.speak()

    with pytest.raises(MediaNotFound):
        await files.open(new_media_key("webp"))


async def test_a_refusal_of_one_request_is_no_silence(distant: ObjectStore, bucket: OwnBucket) -> None:
    key = new_media_key("webp")
    await distant.files(bucket.name, bucket.key).put(key, PICTURE)
    with pytest.raises(Unavailable):
        await distant.files("tst-no-such-bucket", bucket.key).open(key)

    assert await read(await distant.files(bucket.name, bucket.key).open(key)) == PICTURE.content


async def test_whether_the_store_can_be_reached_is_known_within_a_second(door: Doorway, distant: ObjectStore) -> None:
    assert await distant.is_reachable()

    door.fall_silent()
    begin = time.monotonic()
    assert not await distant.is_reachable()
    assert time.monotonic() - begin < 1.2


async def test_closing_twice_is_fine(services: ServiceAddresses) -> None:
    store = ObjectStore(services.storage_endpoint, services.storage_region)
    assert await store.is_reachable()

    await store.close()
    await store.close()
