from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from core.blog.entities import Post, PostId, PostKind
from core.blog.exports import ExportedText
from core.blog.use_cases import export_content
from core.blog.use_cases.export_content import ExportContent
from core.errors import Forbidden, Unauthenticated, Unavailable
from core.identity import Role
from core.media.entities import MediaFile, MediaKey
from core.media.library import MediaLibrary
from tests.core.fakes.exports import FakeWriter
from tests.core.house import House
from tests.core.makers import NOW, draft, picture, published

CAT, DOG = f"{'a' * 32}.webp", f"{'b' * 32}.webp"


def exporting(house: House, writer: FakeWriter | None = None) -> ExportContent:
    return ExportContent(
        access=house.access,
        posts=house.posts,
        redirects=house.redirects,
        library=MediaLibrary(access=house.access, media=house.media, files=house.files),
        slugs=house.slugs,
        writer=writer or FakeWriter(),
        transaction=house.transaction,
    )


async def exported(house: House) -> dict[str, bytes]:
    return {file.path: file.content async for file in await exporting(house)()}


async def texts(house: House) -> dict[str, ExportedText]:
    """By path."""
    writer = FakeWriter()
    async for _ in await exporting(house, writer)():
        pass
    return {text.path: text for text in writer.texts}


def has_picture(house: House, key: str, content: bytes = b"a cat", **told: Any) -> MediaFile:
    digest = sha256(content).hexdigest()
    media = house.has_media(replace(picture(key), key=MediaKey(key), digest=digest, **told))
    house.files.kept[media.key] = content
    return media


@pytest.fixture
def owners(house: House) -> House:
    house.admits(Role.OWNER)
    return house


@pytest.mark.parametrize(
    ("role", "error"),
    [(Role.EDITOR, Forbidden), (Role.AUTHOR, Forbidden), (Role.VISITOR, Unauthenticated)],
)
async def test_who_may_not_export_is_refused(house: House, role: Role, error: type[Forbidden]) -> None:
    house.has_post(draft())
    house.admits(role)

    with house.refuses(error):
        await exporting(house)()


async def test_everything_but_the_trash_goes_out_and_the_list_comes_last(owners: House) -> None:
    house = owners
    house.has_post(published("b", tags=("x",)))
    house.has_post(draft("a"))
    house.has_post(draft("gone", trashed_at=NOW))
    house.has_post(replace(draft("about"), kind=PostKind.PAGE))
    has_picture(house, CAT, filename="Cat.png", alt="A cat")

    files = await exported(house)

    assert list(files) == ["blog/a.md", "blog/b.md", "pages/about.md", "media/cat.webp", "manifest.json"]
    assert files["media/cat.webp"] == b"a cat"
    assert files["manifest.json"].decode().splitlines() == [*list(files)[:-1], "cat.webp A cat"]


async def test_a_text_takes_all_along_that_it_is(owners: House) -> None:
    has_picture(owners, CAT, filename="cat.png")
    post = replace(
        published(),
        body=f"![A](/media/{CAT})",
        cover=CAT,
        author_name="Anna",
        updated_at=NOW + timedelta(days=1),
        canonical_url="https://old.example",
    )
    owners.has_post(post)
    owners.redirects.kept = {"/old": (post.id, None), "/blog/z": (post.id, None), "/elsewhere": (None, "/blog/tags/x")}
    owners.transaction.settle()

    (text,) = (await texts(owners)).values()

    assert text == ExportedText(
        kind=PostKind.POST,
        text=replace(post.text, slug="hello", body="![A](media/cat.webp)", cover="cat.webp"),
        is_public=True,
        published_at=NOW,
        created_at=NOW,
        updated_at=NOW + timedelta(days=1),
        author_name="Anna",
        origin="terrace:hello",
        aliases=("/blog/z", "/old"),
    )


async def test_what_came_from_elsewhere_keeps_its_name(owners: House) -> None:
    owners.has_post(replace(draft(), origin="ghost:1"))

    assert (await texts(owners))["blog/hello.md"].origin == "ghost:1"


async def test_a_picture_that_the_store_has_lost_is_left_out(owners: House) -> None:
    media = has_picture(owners, CAT, filename="cat.png")
    owners.files.forget([media.key])

    assert list(await exported(owners)) == ["manifest.json"]


async def test_a_silent_store_ends_it(owners: House) -> None:
    has_picture(owners, CAT)
    owners.files.is_silent = True

    with owners.changes_nothing(), pytest.raises(Unavailable):
        await exported(owners)


async def test_texts_are_read_in_batches_as_they_stand_then(owners: House) -> None:
    for number in range(export_content.BATCH + 2):
        owners.has_post(draft(f"post-{number:03}"))
    files = await exporting(owners)()
    first = await anext(files)
    owners.posts.kept.pop(PostId("post-050"))
    renamed = owners.posts.kept[PostId("post-051")]
    owners.has_post(replace(renamed, slug="other", title="Other"))

    rest = [file async for file in files]

    assert first.path == "blog/post-000.md"
    assert [file.path for file in rest][-3:] == ["blog/post-049.md", "blog/post-051.md", "manifest.json"]
    assert rest[-2].content.startswith(b"Other")


async def test_no_connection_is_held_while_files_are_taken(owners: House) -> None:
    owners.has_post(draft())
    files = await exporting(owners)()
    await anext(files)

    assert owners.transaction.rests == 2


def group(*members: Post) -> list[Post]:
    return [replace(post, group_id=PostId("first")) for post in members]


async def originals(house: House, *members: Post) -> dict[str, str]:
    for post in members:
        house.has_post(post)
    return {text.text.slug: text.text.translation_of for text in (await texts(house)).values()}


async def test_translations_name_what_they_translate(owners: House) -> None:
    first, second = group(draft("first"), replace(draft("second"), lang="ru"))

    assert await originals(owners, second, first) == {"first": "", "second": "first"}


async def test_without_the_first_of_a_group_the_oldest_takes_its_place(owners: House) -> None:
    young, old = replace(draft("a"), lang="ru", created_at=NOW + timedelta(days=1)), draft("b")

    assert await originals(owners, *group(young, old)) == {"a": "b", "b": ""}


async def test_a_second_text_in_the_same_language_stands_alone(owners: House) -> None:
    members = group(draft("first"), replace(draft("b"), lang="ru"), replace(draft("c"), lang="ru"))

    assert await originals(owners, *members) == {"first": "", "b": "first", "c": ""}


async def test_an_old_address_where_another_text_stands_now_is_left_out(owners: House) -> None:
    one = owners.has_post(draft("one"))
    owners.has_post(draft("two"))
    owners.redirects.kept = dict.fromkeys(("/blog/two", "/pages/two", "/\n", "x", "/" + "y" * 1000), (one.id, None))
    owners.transaction.settle()

    assert (await texts(owners))["blog/one.md"].aliases == ("/pages/two",)
