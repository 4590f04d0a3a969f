from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.blog.entities import blank_post
from core.errors import Invalid, StaleVersion
from core.media.entities import MediaFile, MediaKey, new_media_key
from core.media.errors import MediaNotFound
from core.media.storage import MediaTotals
from tests.contracts.conftest import Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def a_file(filename: str = "cat.png", *, hours: int = 0, size: int = 10) -> MediaFile:
    return MediaFile(
        key=new_media_key("webp"),
        filename=filename,
        content_type="image/webp",
        width=640,
        height=480,
        size=size,
        digest="d" * 64,
        alt="A cat",
        uploaded_by=None,
        created_at=NOW - timedelta(hours=hours),
    )


async def add(storages: Storages, *files: MediaFile) -> None:
    for file in files:
        await storages.media.add(file)
    await storages.transaction.commit()


async def test_a_file_comes_back_as_it_went(storages: Storages) -> None:
    file = a_file(size=5 * 1024**3)
    await add(storages, file)

    assert await storages.media.get(file.key) == file
    assert await storages.media.find(file.key) == file


async def test_an_unknown_file_is_none_or_not_found(storages: Storages) -> None:
    assert await storages.media.find(MediaKey("nothing.webp")) is None
    with pytest.raises(MediaNotFound):
        await storages.media.get(MediaKey("nothing.webp"))


async def test_many_are_found_at_once(storages: Storages) -> None:
    one, two, three = a_file(), a_file(), a_file()
    await add(storages, one, two, three)

    found = await storages.media.find_many([one.key, three.key, MediaKey("nothing.webp")])

    assert {file.key for file in found} == {one.key, three.key}
    assert list(await storages.media.find_many([])) == []


async def test_the_newest_of_a_filename_counts(storages: Storages) -> None:
    newer, older = a_file(hours=1), a_file(hours=2)
    await add(storages, newer, older, a_file("dog.png"))

    assert await storages.media.find_by_filename("cat.png") == newer
    assert await storages.media.find_by_filename("cow.png") is None


async def test_a_cursor_leads_through_all_files_once(storages: Storages) -> None:
    files = [a_file(hours=number // 2) for number in range(5)]
    await add(storages, *files)
    first = await storages.media.list_newest(limit=3, cursor=None)
    rest = await storages.media.list_newest(limit=3, cursor=first.next_cursor)

    expected = sorted(files, key=lambda file: (file.created_at, file.key), reverse=True)
    assert [*first.items, *rest.items] == expected
    assert rest.next_cursor is None


async def test_a_foreign_cursor_is_refused(storages: Storages) -> None:
    with pytest.raises(Invalid):
        await storages.media.list_newest(limit=3, cursor="nonsense")


async def test_saving_counts_versions_and_refuses_stale_ones(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)

    saved = await storages.media.save(replace(file, alt="A dog"))
    assert saved == replace(file, alt="A dog", version=2)
    assert await storages.media.get(file.key) == saved
    with pytest.raises(StaleVersion) as stale:
        await storages.media.save(replace(file, alt="A cow"))
    assert stale.value.current == 2


async def test_a_deleted_file_is_gone(storages: Storages) -> None:
    file = a_file()
    await add(storages, file)

    await storages.media.delete(file.key)
    await storages.media.delete(file.key)

    assert await storages.media.find(file.key) is None


async def test_totals_count_files_and_bytes(storages: Storages) -> None:
    assert await storages.media.totals() == MediaTotals(files=0, size=0)
    await add(storages, a_file(size=3 * 1024**3), a_file(size=7))

    assert await storages.media.totals() == MediaTotals(files=2, size=3 * 1024**3 + 7)


async def test_covers_bodies_and_settings_use_files(storages: Storages) -> None:
    cover, body, portrait, about, idle = (a_file() for _ in range(5))
    await add(storages, cover, body, portrait, about, idle)
    blank = blank_post("hello", lang="en", author_id=None, author_name="", at=NOW)
    text = f"![A cat](/media/{body.key})"
    await storages.posts.add(replace(blank, cover=cover.key, body=text, trashed_at=NOW))
    settings = await storages.site.get()
    await storages.site.save(replace(settings, picture=portrait.key, about=f"/media/{about.key}"))

    used = [await storages.media.is_used(file.key) for file in (cover, body, portrait, about, idle)]

    assert used == [True, True, True, True, False]
