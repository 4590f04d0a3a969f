from pathlib import Path

import pytest

from bench.large_archives import LargeArchive
from core.blog.archives import ArchiveFormat, FoundItem, settle
from services.archives.opening import Archives
from services.slugs import TransliteratedSlugs


@pytest.mark.parametrize("form", list(ArchiveFormat))
async def test_each_post_of_a_large_archive_has_its_pictures_and_its_link(tmp_path: Path, form: ArchiveFormat) -> None:
    LargeArchive(posts=6, pictures=4).write(form, tmp_path / "a.zip")
    archives = Archives(TransliteratedSlugs())
    try:
        async with archives.open(tmp_path / "a.zip") as archive:
            items = [item async for item in archive.contents() if isinstance(item, FoundItem)]
            contents = {name: await archive.picture(name) for item in items for name in (p.name for p in item.pictures)}
    finally:
        archives.close()

    assert archive.format is form
    assert {item.text.slug for item in items} == {f"post-{number}" for number in range(6)}
    assert all(item.is_public and item.text.tags and not item.missing and not item.notes for item in items)
    assert len(contents) == 4
    assert all(content and content[:2] == b"\xff\xd8" for content in contents.values())
    for item in items:
        number = int(item.text.slug.removeprefix("post-"))
        body = settle(item.text.body, item.pictures, dict.fromkeys(contents, "k.webp"))
        assert f"[another](/blog/post-{(number * 7 + 1) % 6})" in body
        assert body.count("](/media/k.webp") == 2
