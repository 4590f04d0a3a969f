"""ArchiveDeposit, in memory and in the store of this run."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from clients.archive_deposit import BucketDeposit
from clients.object_store import ObjectStore
from core.blog.import_errors import ArchiveGone
from core.blog.import_runs import PART_BYTES, ArchiveDeposit, new_import
from core.errors import Unavailable
from core.identity import ANONYMOUS
from core.media.entities import MediaKey
from tests.core.fakes.files import MemoryFiles
from tests.core.fakes.imports import MemoryDeposit
from tests.core.makers import NOW
from tests.fixtures.bucket import OwnBucket

CHUNK = 65_536


@pytest.fixture(params=["memory", "store"])
def deposit(request: pytest.FixtureRequest) -> ArchiveDeposit:
    if request.param == "memory":
        return MemoryDeposit()
    bucket: OwnBucket = request.getfixturevalue("bucket")
    store: ObjectStore = request.getfixturevalue("store")
    return BucketDeposit(store.files(bucket.name, bucket.key))


def parts_for(size: int) -> tuple[str, ...]:
    return new_import(filename="a.zip", form=None, lang="en", size=size, by=ANONYMOUS, at=NOW).parts


def archive(size: int) -> bytes:
    return bytes(range(256)) * (size // 256) + b"x" * (size % 256)


def entries(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def sent(content: bytes) -> AsyncIterator[bytes]:
    for place in range(0, len(content), CHUNK):
        yield content[place : place + CHUNK]


@pytest.mark.parametrize("size", [1, PART_BYTES, PART_BYTES + 1, 2 * PART_BYTES + 7])
async def test_an_archive_of_any_size_comes_back_whole(deposit: ArchiveDeposit, size: int) -> None:
    parts, content = parts_for(size), archive(size)
    await deposit.put(parts, sent(content))
    async with deposit.fetch(parts, filename="old.zip") as path:
        found = await asyncio.to_thread(path.read_bytes)
    is_left = await asyncio.to_thread(path.exists)

    assert (len(parts), path.name) == (-(-size // PART_BYTES), "old.zip")
    assert found == content
    assert not is_left


async def test_what_was_deleted_is_gone(deposit: ArchiveDeposit) -> None:
    with pytest.raises(ArchiveGone):
        async with deposit.fetch(parts_for(1), filename="old.zip"):
            pytest.fail("it was opened")


async def test_pieces_that_are_not_wanted_do_not_stay() -> None:
    files = MemoryFiles()
    files.takes = 2
    size = 3 * PART_BYTES
    with pytest.raises(Unavailable):
        await BucketDeposit(files).put(parts_for(size), sent(archive(size)))

    assert files.kept == {}


async def test_no_copy_stays_when_a_piece_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    files, size = MemoryFiles(), PART_BYTES + 1
    parts = parts_for(size)
    await BucketDeposit(files).put(parts, sent(archive(size)))
    await files.delete(MediaKey(parts[1]))
    with pytest.raises(ArchiveGone):
        async with BucketDeposit(files).fetch(parts, filename="old.zip"):
            pytest.fail("it was opened")

    assert entries(tmp_path) == []
