"""PostStorage.search; stems and languages only the real one knows (tests/db/test_search.py)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.blog.storage import FoundPost, FoundPosts, PostFilter
from tests.contracts.blog_posts import NOW, a_post, add, slugs
from tests.contracts.conftest import Storages

PUBLISHED = PostFilter(now=NOW)


async def find(storages: Storages, text: str, *, number: int = 1, size: int = 9, **wanted: Any) -> FoundPosts:
    return await storages.posts.search(replace(PUBLISHED, **wanted), text=text, number=number, size=size)


def found(posts: FoundPosts) -> list[str]:
    return slugs(one.post for one in posts.page.items)


def matches(one: FoundPost) -> tuple[list[str], list[str]]:
    return tuple([piece.text for piece in pieces if piece.is_match] for pieces in (one.title, one.snippet))  # type: ignore[return-value]  # there are two


async def test_the_title_counts_most_then_tags_and_summary_then_the_text(storages: Storages) -> None:
    await add(
        storages,
        a_post("in-text", plain="A zebra, a zebra, a zebra, a zebra and a zebra"),
        a_post("in-tag", hours=1, tags=("zebra",)),
        a_post("in-title", hours=2, title="The zebra"),
        a_post("nowhere", plain="A horse"),
    )

    assert found(await find(storages, "zebra")) == ["in-title", "in-tag", "in-text"]


async def test_what_was_found_is_marked(storages: Storages) -> None:
    plain = "At night a Zebra\ue000 <b>runs</b> home."
    await add(storages, a_post("x", title="My zebra & me", plain=plain, body="Body", html="<p>Html</p>"))

    one = (await find(storages, "zebra")).page.items[0]

    assert (one.post.body, one.post.html, one.post.plain) == ("", "", "")
    assert matches(one) == (["zebra"], ["Zebra"])
    assert "".join(piece.text for piece in one.title) == "My zebra & me"
    assert "".join(piece.text for piece in one.snippet).startswith("At night a Zebra")


async def test_all_words_must_be_there_the_last_may_go_on(storages: Storages) -> None:
    await add(storages, a_post("one", plain="apple banana"), a_post("two", plain="apple cherry", hours=1))

    assert found(await find(storages, "apple")) == ["one", "two"]
    assert found(await find(storages, "Apple ban")) == ["one"]
    assert found(await find(storages, "cherry apple")) == ["two"]
    assert found(await find(storages, "banana cherry")) == []


async def test_only_what_the_filter_wants_is_searched(storages: Storages) -> None:
    post = a_post("public", plain="apple", tags=("x",))
    await add(
        storages,
        post,
        a_post("public-ru", plain="apple", lang="ru", group_id=post.id, hours=1),
        a_post("hidden", plain="apple", is_public=False),
        a_post("soon", plain="apple", published_at=NOW + timedelta(hours=1)),
        a_post("gone", plain="apple", trashed_at=NOW),
    )

    assert found(await find(storages, "apple")) == ["public", "public-ru"]
    assert found(await find(storages, "apple", preferred="ru")) == ["public-ru"]
    assert found(await find(storages, "apple", tag="x")) == ["public"]
    assert found(await find(storages, "apple", is_trashed=True)) == ["gone"]


async def test_pages_know_how_many_were_found(storages: Storages) -> None:
    await add(storages, *(a_post(f"post-{number}", plain="apple", hours=number) for number in range(5)))

    pages = [(await find(storages, "apple", number=number, size=2)).page for number in (1, 3, 4, 10**12)]

    assert [slugs(one.post for one in page.items) for page in pages] == [["post-0", "post-1"], ["post-4"], [], []]
    assert {page.total for page in pages} == {5}


@pytest.mark.parametrize(
    ("typed", "meant"), [("banaan", "banana"), ("bananna", "banana"), ("APPEL banana", "apple banana")]
)
async def test_a_slip_of_the_finger_is_forgiven_and_told(storages: Storages, typed: str, meant: str) -> None:
    await add(storages, a_post("one", plain="apple banana"), a_post("hidden", plain="bananna", is_public=False))

    posts = await find(storages, typed)

    assert (found(posts), posts.corrected) == (["one"], meant)


async def test_what_is_known_is_not_corrected(storages: Storages) -> None:
    await add(storages, a_post("one", plain="banana"), a_post("two", plain="bandana"))

    posts = await find(storages, "banana bandana")

    assert (found(posts), posts.page.total, posts.corrected) == ([], 0, None)
    assert (await find(storages, "bandana")).corrected is None


@pytest.mark.parametrize("text", ["", " ", "\x00", "xyzzy", '"', "-", "%", "'", "!", "a" * 10_000, "\ud800"])
async def test_nothing_is_found_for_nothing(storages: Storages, text: str) -> None:
    await add(storages, a_post("one", title="Banana", plain="apple"))

    posts = await find(storages, text)

    assert (found(posts), posts.page.total, posts.corrected) == ([], 0, None)
