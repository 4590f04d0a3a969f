from dataclasses import replace

import pytest

from core.blog.entities import Post, PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.history import revision_of
from core.blog.use_cases.merge_texts import MergeTexts
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House, somebody
from tests.core.makers import draft

BEGUN = "One.\n\nTwo.\n\nThree.\n"


def merge(house: House) -> MergeTexts:
    return MergeTexts(access=house.access, posts=house.posts, revisions=house.revisions)


@pytest.fixture
async def saved_by_another(house: House) -> Post:
    """Version 1 as it began, version 2 with another last line."""
    begun = draft(body=BEGUN)
    await house.revisions.add(revision_of(begun, somebody(Role.AUTHOR), is_auto=False))
    theirs = replace(begun, body=BEGUN.replace("Three", "3"), version=2)
    await house.revisions.add(revision_of(theirs, somebody(Role.EDITOR), is_auto=False))
    house.has_post(theirs)
    house.admits(Role.AUTHOR)
    return theirs


async def test_what_two_changed_in_different_places_is_joined(house: House, saved_by_another: Post) -> None:
    ours = replace(saved_by_another.text, body=BEGUN.replace("One", "1"), tags=("SQL", "sql"), slug="")

    with house.changes_nothing():
        two = await merge(house)(saved_by_another.id, ours, base=1, kind=PostKind.POST)

    assert two.is_joined
    assert two.post == saved_by_another
    assert two.merge.text.body == "1.\n\nTwo.\n\n3.\n"
    assert (two.merge.text.tags, two.merge.text.slug) == (("sql",), saved_by_another.slug)


async def test_the_same_place_changed_twice_is_to_be_chosen(house: House, saved_by_another: Post) -> None:
    ours = replace(saved_by_another.text, body=BEGUN.replace("Three", "III"))

    two = await merge(house)(saved_by_another.id, ours, base=1)

    assert not two.is_joined
    assert two.merge.clashes == {"body"}
    assert two.merge.text.body == ours.body


async def test_an_older_text_is_a_beginning_too(house: House, saved_by_another: Post) -> None:
    """Versions without a revision: publishing counts, and what the editor saved by itself gives way."""
    house.revisions.kept = {key: kept for key, kept in house.revisions.kept.items() if kept.number == 1}
    ours = replace(saved_by_another.text, body=BEGUN.replace("One", "1"))

    assert (await merge(house)(saved_by_another.id, ours, base=2)).is_joined


@pytest.mark.parametrize("base", [None, 0])
async def test_without_a_beginning_all_that_differs_is_to_be_chosen(
    house: House, saved_by_another: Post, base: int | None
) -> None:
    ours = replace(saved_by_another.text, body="Other", description="Mine")

    assert (await merge(house)(saved_by_another.id, ours, base=base)).merge.clashes == {"body", "description"}


async def test_an_original_is_the_same_by_address_and_by_id(house: House, saved_by_another: Post) -> None:
    original = house.has_post(replace(draft("original"), group_id=PostId("original")))
    house.has_post(replace(saved_by_another, group_id=original.id))
    ours = replace(saved_by_another.text, translation_of=original.slug)

    assert (await merge(house)(saved_by_another.id, ours, base=None)).is_joined
    elsewhere = replace(ours, translation_of="nowhere")
    assert (await merge(house)(saved_by_another.id, elsewhere, base=None)).merge.clashes == {"translation_of"}


async def test_a_post_that_does_not_exist_is_not_merged(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await merge(house)(PostId("nowhere"), draft().text, base=1)


async def test_a_refused_author_does_not_see_the_text_of_another(house: House) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await merge(house)(post.id, post.text, base=1)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await merge(house)(PostId("nowhere"), draft().text, base=1)
