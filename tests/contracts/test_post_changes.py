"""PostStorage: what changes in many posts at once, and what is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.entities import PostKind
from core.blog.errors import OriginTaken, SlugTaken
from core.markdown import Finding, FindingKind
from tests.contracts.blog_posts import NOW, a_post, add, slugs
from tests.contracts.conftest import Storages

LATER = NOW + timedelta(hours=1)


async def test_a_tag_gets_another_name_everywhere(storages: Storages) -> None:
    one = a_post("one", tags=("x", "old", "older", "new", "y"))
    gone = a_post("gone", tags=("older",), trashed_at=NOW, kind=PostKind.PAGE)
    other = a_post("other", tags=("new",))
    await add(storages, one, gone, other)

    assert await storages.posts.retag(["old", "older", "new"], "new", at=LATER) == 2
    await storages.transaction.commit()

    assert await storages.posts.get(one.id) == replace(one, tags=("x", "new", "y"), version=2, updated_at=LATER)
    assert await storages.posts.get(gone.id) == replace(gone, tags=("new",), version=2, updated_at=LATER)
    assert await storages.posts.get(other.id) == other
    assert await storages.posts.retag(["new"], "new", at=LATER) == 0
    assert await storages.posts.retag(["nobody"], "new", at=LATER) == 0


async def test_a_tag_is_taken_away(storages: Storages) -> None:
    one = a_post("one", tags=("x", "old"))
    await add(storages, one, a_post("two", tags=("old",)))

    assert await storages.posts.retag(["old"], None, at=LATER) == 2

    assert (await storages.posts.get(one.id)).tags == ("x",)


async def test_a_series_gets_another_name_and_is_dissolved(storages: Storages) -> None:
    one = a_post("one", series="S", series_slug="s", series_part=1)
    await add(storages, one, a_post("two", series="T", series_slug="t"))

    assert await storages.posts.rename_series("s", name="New", new_slug="new") == 1
    renamed = replace(one, series="New", series_slug="new", version=2)
    assert await storages.posts.get(one.id) == renamed
    assert await storages.posts.rename_series("new", name="New", new_slug="new") == 0
    assert await storages.posts.rename_series("", name="New", new_slug="new") == 0

    assert await storages.posts.rename_series("new", name="", new_slug="ignored") == 1
    assert await storages.posts.get(one.id) == replace(one, series="", series_slug="", series_part=None, version=3)


async def test_texts_that_mention_something_are_found(storages: Storages) -> None:
    one = a_post("one", mentions=("media:x.webp", "post:two"), plain="Words")
    await add(storages, one, a_post("two"), a_post("gone", mentions=("post:two",), trashed_at=NOW))

    assert await storages.posts.list_mentioning(["post:two", "page:y"], limit=9) == [one]
    assert await storages.posts.list_mentioning(["post:two"], limit=0) == []
    assert await storages.posts.list_mentioning([], limit=9) == []


async def test_texts_that_mention_something_are_walked_through_in_parts(storages: Storages) -> None:
    texts = sorted((a_post(f"one-{n}", mentions=("post:two",)) for n in range(3)), key=lambda post: post.id)
    await add(storages, *texts)

    first = await storages.posts.list_mentioning(["post:two"], limit=2)
    assert [*first, *await storages.posts.list_mentioning(["post:two"], limit=2, after=first[-1].id)] == texts
    assert await storages.posts.list_mentioning(["post:two"], limit=2, after=texts[-1].id) == []


async def test_what_an_older_renderer_made_is_found_and_made_anew(storages: Storages) -> None:
    old = a_post("old", renderer_version=2, trashed_at=NOW)
    await add(storages, old, a_post("current", renderer_version=3))
    assert await storages.posts.list_outdated(3, limit=9) == [old]
    finding = Finding(kind=FindingKind.EMPTY_HEADING, line=1)
    anew = replace(
        old, html="<p>New</p>", renderer_version=3, words=7, plain="New", mentions=("a",), findings=(finding,)
    )

    assert await storages.posts.save_rendered(replace(anew, title="Not this"))
    await storages.transaction.commit()

    assert await storages.posts.get(old.id) == anew
    assert await storages.posts.list_outdated(3, limit=9) == []


async def test_a_text_that_was_saved_meanwhile_keeps_its_html(storages: Storages) -> None:
    post = a_post()
    await add(storages, post)
    saved = await storages.posts.save(replace(post, html="<p>Saved</p>"))

    assert not await storages.posts.save_rendered(replace(post, html="<p>Late</p>"))
    assert await storages.posts.get(post.id) == saved
    assert not await storages.posts.save_rendered(a_post("nobody"))


async def test_what_became_readable_waits_to_be_announced(storages: Storages) -> None:
    await add(
        storages,
        a_post("second", hours=1),
        a_post("first", hours=2, kind=PostKind.PAGE),
        a_post("announced", announced_at=NOW),
        a_post("hidden", is_public=False),
        a_post("gone", trashed_at=NOW),
        a_post("soon", published_at=LATER),
        a_post("later", published_at=LATER + timedelta(hours=1)),
        a_post("soon-gone", published_at=LATER - timedelta(minutes=1), trashed_at=NOW),
    )

    assert slugs(await storages.posts.list_unannounced(now=NOW, limit=9)) == ["first", "second"]
    assert slugs(await storages.posts.list_unannounced(now=NOW, limit=1)) == ["first"]
    assert await storages.posts.next_publication(now=NOW) == LATER

    await storages.posts.mark_announced(
        [post.id for post in await storages.posts.list_unannounced(now=NOW, limit=9)], at=NOW
    )
    await storages.posts.mark_announced([], at=LATER)
    assert await storages.posts.list_unannounced(now=NOW, limit=9) == []
    for slug, kind in (("first", PostKind.PAGE), ("second", PostKind.POST)):
        post = await storages.posts.find_by_slug(slug, kind=kind)
        assert post is not None
        assert (post.announced_at, post.version) == (NOW, 1)
        await storages.posts.mark_announced([post.id], at=LATER)
        assert (await storages.posts.get(post.id)).announced_at == NOW
    assert await storages.posts.next_publication(now=LATER + timedelta(hours=1)) is None


async def test_the_trash_forgets_what_is_old_enough(storages: Storages) -> None:
    old = a_post("old", trashed_at=NOW - timedelta(days=31))
    await add(storages, old, a_post("young", trashed_at=NOW), a_post("live"))

    assert await storages.posts.delete_trashed(before=NOW - timedelta(days=30)) == [old.id]
    await storages.transaction.commit()

    assert await storages.posts.list_held(["old", "young", "live"]) == {"young", "live"}
    assert await storages.posts.delete_trashed(before=NOW - timedelta(days=30)) == []


async def test_a_post_is_found_by_where_it_came_from(storages: Storages) -> None:
    one = a_post("one", origin="old:1")
    gone = a_post("gone", origin="old:2", trashed_at=NOW, kind=PostKind.PAGE)
    await add(storages, one, gone, a_post("mine"))

    found = await storages.posts.list_origins(["old:1", "old:2", "old:3", "", "\x00"])

    assert {origin: (link.id, link.kind, link.slug) for origin, link in found.items()} == {
        "old:1": (one.id, PostKind.POST, "one"),
        "old:2": (gone.id, PostKind.PAGE, "gone"),
    }
    assert await storages.posts.list_origins([]) == {}


async def test_nothing_comes_twice_from_the_same_place(storages: Storages) -> None:
    await add(storages, a_post("one", origin="old:1"))

    for again in (a_post("two", origin="old:1"), a_post("one", origin="old:1")):
        with pytest.raises(OriginTaken):
            await storages.posts.add(again)
    with pytest.raises(SlugTaken):
        await storages.posts.add(a_post("one", origin="old:2"))
    await add(storages, a_post("three", origin="old:3"))

    assert sorted(await storages.posts.list_origins(["old:1", "old:2", "old:3"])) == ["old:1", "old:3"]
