from dataclasses import replace

from core.access import Action
from core.blog.entities import PostId
from core.blog.errors import NotReady, PostInTrash, PostNotFound, RevisionNotFound, UnknownTranslation
from core.blog.use_cases.restore_revision import RestoreRevision
from core.errors import Forbidden, Invalid, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.blog.pasts import has_revision
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def restore(house: House) -> RestoreRevision:
    return RestoreRevision(
        access=house.access,
        posts=house.posts,
        revisions=house.revisions,
        typesetter=house.typesetter,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_author_takes_an_earlier_text_back_and_can_undo_it(house: House) -> None:
    post = house.has_post(draft(version=2, body="After"))
    has_revision(house, post, 1, body="Before", title="Then")
    has_revision(house, post, 2)
    house.admits(Role.AUTHOR)

    restored = await restore(house)(post.id, 1, expected=2)

    assert (restored.title, restored.body, restored.version) == ("Then", "Before", 3)
    assert restored.html == "<p>Before</p>"
    assert house.kept(house.posts)[post.id] == restored
    assert house.kept(house.revisions)[post.id, 3].text == restored.text

    undone = await restore(house)(post.id, 2)

    assert undone.text == post.text


async def test_the_address_stays(house: House) -> None:
    post = house.has_post(draft(version=2))
    has_revision(house, post, 1, slug="left-long-ago", body="Before")
    house.admits(Role.EDITOR)

    assert (await restore(house)(post.id, 1)).slug == post.slug


async def test_taking_back_what_stands_changes_nothing(house: House) -> None:
    post = house.has_post(draft(version=2))
    has_revision(house, post, 1)
    house.admits(Role.EDITOR)

    with house.changes_nothing():
        assert await restore(house)(post.id, 1) == post


async def test_taking_back_over_somebodys_newer_version_is_refused(house: House) -> None:
    post = house.has_post(draft(version=3))
    has_revision(house, post, 1, body="Before")
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await restore(house)(post.id, 1, expected=2)


async def test_what_is_public_is_not_made_unready(house: House) -> None:
    post = house.has_post(replace(published(), version=2))
    has_revision(house, post, 1, title="")
    house.admits(Role.EDITOR)

    with house.refuses(NotReady):
        await restore(house)(post.id, 1)


async def test_what_cannot_stand_any_more_is_refused(house: House) -> None:
    post = house.has_post(draft(version=2))
    has_revision(house, post, 1, translation_of="gone")
    house.admits(Role.EDITOR)

    with house.refuses(UnknownTranslation):
        await restore(house)(post.id, 1)


async def test_what_would_be_refused_in_the_editor_is_refused_here(house: House) -> None:
    post = house.has_post(draft(version=2))
    has_revision(house, post, 1, title="x" * 201)
    house.admits(Role.EDITOR)

    with house.refuses(Invalid):
        await restore(house)(post.id, 1)


async def test_nothing_is_taken_back_in_the_trash(house: House) -> None:
    post = house.has_post(draft(version=2, trashed_at=NOW))
    has_revision(house, post, 1, body="Before")
    house.admits(Role.EDITOR)

    with house.refuses(PostInTrash):
        await restore(house)(post.id, 1)


async def test_a_state_that_never_was_is_not_found(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    with house.refuses(RevisionNotFound):
        await restore(house)(post.id, 7)


async def test_author_may_not_take_back_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR, version=2))
    has_revision(house, post, 1, body="Before")
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await restore(house)(post.id, 1)


async def test_who_may_not_publish_may_not_change_what_is_public(house: House) -> None:
    post = house.has_post(replace(published(), version=2))
    has_revision(house, post, 1, body="Before")
    house.admits(Role.AUTHOR)
    house.forbids(Action.PUBLISH_POST)

    with house.refuses(Forbidden):
        await restore(house)(post.id, 1)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await restore(house)(PostId("nowhere"), 1)


async def test_a_text_that_does_not_exist_is_not_found(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await restore(house)(PostId("nowhere"), 1)
