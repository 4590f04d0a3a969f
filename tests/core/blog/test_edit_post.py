from dataclasses import replace
from datetime import timedelta

import pytest

from core.blog.entities import PostId
from core.blog.errors import NotReady, PostInTrash, PostNotFound, SlugTaken
from core.blog.use_cases.edit_post import EditPost
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, TEXT, draft, published

CHANGED = replace(TEXT, title="Bye", body="Bye world")


def edit(house: House) -> EditPost:
    return EditPost(
        access=house.access,
        posts=house.posts,
        copies=house.copies,
        typesetter=house.typesetter,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_editor_changes_the_text_of_anybodys_post(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.EDITOR)
    house.clock.pass_(hours=1)

    edited = await edit(house)(post.id, replace(CHANGED, tags=("Python",)), expected=1)

    assert house.kept(house.posts) == {post.id: edited}
    assert (edited.title, edited.html, edited.tags) == ("Bye", "<p>Bye world</p>", ("python",))
    assert (edited.version, edited.updated_at, edited.published_at) == (2, NOW + timedelta(hours=1), NOW)
    assert edited.slug == post.slug


async def test_contributor_moves_her_draft_to_another_address(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    assert (await edit(house)(post.id, replace(TEXT, slug="elsewhere"), expected=None)).slug == "elsewhere"


async def test_the_same_text_again_changes_nothing(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await edit(house)(post.id, TEXT, expected=None) == post


async def test_the_connection_rests_while_markdown_is_rendered(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    await edit(house)(post.id, CHANGED, expected=None)

    assert house.transaction.rests == 1


async def test_editing_over_somebodys_newer_version_is_refused(house: House) -> None:
    post = house.has_post(draft(version=3))
    house.admits(Role.AUTHOR)

    with house.refuses(StaleVersion) as refused:
        await edit(house)(post.id, CHANGED, expected=2)
    assert refused.value.params == {"current": 3}


async def test_a_post_that_does_not_exist_is_not_edited(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await edit(house)(PostId("nowhere"), CHANGED, expected=None)


async def test_unusable_text_is_refused(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await edit(house)(post.id, replace(CHANGED, tags=("no!",)), expected=None)

    assert house.markdown.renders == 0


async def test_the_slug_of_another_post_is_refused(house: House) -> None:
    house.has_post(draft("taken"))
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    with house.refuses(SlugTaken):
        await edit(house)(post.id, replace(CHANGED, slug="taken"), expected=None)


async def test_a_public_post_does_not_lose_its_title(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.AUTHOR)

    with house.refuses(NotReady):
        await edit(house)(post.id, replace(CHANGED, title=""), expected=None)


async def test_a_post_in_the_trash_is_not_edited(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(PostInTrash):
        await edit(house)(post.id, CHANGED, expected=None)


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.AUTHOR])
async def test_a_writer_may_not_edit_what_another_wrote(house: House, role: Role) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(role)

    with house.refuses(Forbidden):
        await edit(house)(post.id, CHANGED, expected=None)


async def test_contributor_may_not_edit_her_post_once_it_is_public(house: House) -> None:
    post = house.has_post(published(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await edit(house)(post.id, CHANGED, expected=None)


async def test_a_refused_viewer_does_not_even_learn_whether_the_post_exists(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await edit(house)(PostId("nowhere"), CHANGED, expected=None)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(draft(by=None))

    with house.refuses(Unauthenticated):
        await edit(house)(post.id, CHANGED, expected=None)


@pytest.mark.parametrize(
    ("old", "title", "asked", "slug"),
    [
        ("half", "Half a title", "half", "half-a-title"),
        ("half", "Half a title", "", "half-a-title"),
        ("half-2", "Half a title", "half-2", "half-a-title"),
        ("half", "Taken", "half", "taken-2"),
        ("half", "Half!", "half", "half"),
        ("half", " ", "half", "half"),
        ("half", "Half a title", "mine", "mine"),
        ("mine", "Half a title", "mine", "mine"),
        ("half-way", "Half a title", "half-way", "half-way"),
    ],
)
async def test_the_address_of_a_draft_goes_with_its_title_unless_somebody_chose_it(
    house: House, old: str, title: str, asked: str, slug: str
) -> None:
    house.has_post(draft("taken"))
    post = house.has_post(draft(old, title="Half"))
    house.admits(Role.AUTHOR)

    text = replace(TEXT, title=title, slug=asked)
    assert (await edit(house)(post.id, text, expected=1, is_following=True)).slug == slug


async def test_the_address_stays_where_nobody_asks_for_another_or_it_has_been_read(house: House) -> None:
    unread = house.has_post(draft("half", title="Half"))
    read = house.has_post(draft("once", title="Once", published_at=NOW))
    house.admits(Role.EDITOR)

    assert (await edit(house)(unread.id, replace(CHANGED, slug="half"), expected=1)).slug == "half"
    assert (await edit(house)(read.id, CHANGED, expected=1, is_following=True)).slug == "once"
