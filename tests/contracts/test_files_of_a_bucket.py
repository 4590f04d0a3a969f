"""The contract of Files, on memory and on the store of this run (TERRACE_DEV_STORE chooses it)."""

from dataclasses import replace

import pytest

from clients.minio_files import READ_AHEAD
from clients.object_store import ObjectStore
from core.media.entities import MediaKey, new_media_key
from core.media.errors import MediaNotFound
from core.media.storage import Content, Files
from tests.core.fakes.files import MemoryFiles
from tests.fixtures.bucket import PICTURE, OwnBucket

KEY = new_media_key("webp")


@pytest.fixture(params=["memory", "store"])
def files(request: pytest.FixtureRequest) -> Files:
    if request.param == "memory":
        return MemoryFiles()
    bucket: OwnBucket = request.getfixturevalue("bucket")
    store: ObjectStore = request.getfixturevalue("store")
    return store.files(bucket.name, bucket.key)


async def read(content: Content) -> bytes:
    chunks = b"".join([chunk async for chunk in content.chunks])
    assert len(chunks) == content.size
    return chunks


async def test_what_was_put_can_be_opened(files: Files) -> None:
    await files.put(KEY, PICTURE)

    assert await read(await files.open(KEY)) == PICTURE.content


@pytest.mark.parametrize("size", [1, READ_AHEAD, READ_AHEAD + 1, 6 * 1024 * 1024])
async def test_any_size_comes_back_whole(files: Files, size: int) -> None:
    picture = replace(PICTURE, content=b"\x00\xff" * (size // 2) + b"x" * (size % 2))
    await files.put(KEY, picture)

    assert await read(await files.open(KEY)) == picture.content


@pytest.mark.parametrize(
    ("start", "length"),
    [
        (0, 10),
        (5, 10),
        (10_230, None),
        (10_239, 1),
        (10_230, 1_000),
        (0, None),
        (10_240, None),
        (20_000, 5),
        (0, 0),
        (7, 0),
    ],
)
async def test_a_part_can_be_opened(files: Files, start: int, length: int | None) -> None:
    await files.put(KEY, PICTURE)

    part = PICTURE.content[start:][:length]
    assert await read(await files.open(KEY, start=start, length=length)) == part


async def test_putting_again_replaces(files: Files) -> None:
    await files.put(KEY, PICTURE)
    await files.put(KEY, replace(PICTURE, content=b"other"))

    assert await read(await files.open(KEY)) == b"other"


@pytest.mark.parametrize("length", [None, 0, 5])
async def test_what_is_not_there_is_not_found(files: Files, length: int | None) -> None:
    with pytest.raises(MediaNotFound):
        await files.open(new_media_key("webp"), length=length)


async def test_what_was_deleted_is_gone(files: Files) -> None:
    await files.put(KEY, PICTURE)
    await files.delete(KEY)

    with pytest.raises(MediaNotFound):
        await files.open(KEY)


async def test_deleting_again_is_fine(files: Files) -> None:
    await files.delete(KEY)
    await files.delete(KEY)


@pytest.mark.parametrize("name", ["", "/", "../x", "a/b", "a/../b", ".", "a\x00b", "a b", "a?x=1", "x" * 1_000])
async def test_an_odd_name_is_not_found(files: Files, name: str) -> None:
    with pytest.raises(MediaNotFound):
        await files.open(MediaKey(name))
    await files.delete(MediaKey(name))
