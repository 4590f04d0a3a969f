"""Where items will stand is known before they are read, and which item is which for good."""

from pathlib import Path

import pytest

from core.blog.archives import FoundItem, FoundPlace
from services.archives.fitting import KEY_LENGTH, fitting_key
from services.archives.opening import Archives
from services.slugs import TransliteratedSlugs
from tests.services.packing import SAMPLES, in_folder

POSTS = {
    "hugo/content/posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nA\n",
    "hugo/content/posts/a.ru.md": "---\ntitle: А\ndate: 2020-01-01\n---\nА\n",
    "hugo/content/posts/b.md": "---\ntitle: B\ntranslation_of: a\nlang: ru\n---\nB\n",
    "hugo/content/about.md": "---\ntitle: About\n---\nMe\n",
    "hugo/content/_index.md": "---\ntitle: All\n---\n",
}


async def read(path: Path) -> tuple[list[FoundPlace], list[FoundItem]]:
    archives = Archives(TransliteratedSlugs())
    try:
        async with archives.open(path) as archive:
            items = [item async for item in archive.contents() if isinstance(item, FoundItem)]
            return list(archive.places()), items
    finally:
        archives.close()


@pytest.fixture(params=["ghost.json", "wordpress.xml", "hugo"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param != "hugo":
        return SAMPLES / str(request.param)
    in_folder(tmp_path, dict(POSTS))
    return tmp_path / "hugo"


async def test_each_place_is_that_of_its_item(path: Path) -> None:
    places, items = await read(path)

    assert len(items) > 3
    assert places == [
        FoundPlace(key=item.key, kind=item.kind, slug=item.text.slug, translation_of=item.text.translation_of)
        for item in items
    ]
    assert len({place.key for place in places}) == len(places)


@pytest.mark.parametrize(
    ("changed", "is_same"),
    [("title: A\n---\nAnother text", False), ("title: B\ndate: 2020-01-01\n---\nA", True)],
    ids=["another date", "another title"],
)
async def test_files_of_one_name_are_told_apart_by_their_date(tmp_path: Path, changed: str, is_same: bool) -> None:
    for folder, text in (("one", "title: A\ndate: 2020-01-01\n---\nA"), ("two", changed)):
        in_folder(tmp_path / folder, {"posts/a.md": f"---\n{text}\n"})

    (one,), (two,) = (await read(tmp_path / "one"))[0], (await read(tmp_path / "two"))[0]

    assert (one.key == two.key) is is_same


def test_a_key_of_any_length_can_be_looked_up_by() -> None:
    long = [fitting_key("x" * KEY_LENGTH + end) for end in ("", "a", "b", "\x00")]

    assert len(set(long)) == 4
    assert max(map(len, long)) == KEY_LENGTH
    assert "\x00" not in "".join([*long, fitting_key("a\x00b")])
