from dataclasses import replace

from core.blog.entities import PostId
from core.blog.errors import PostNotFound
from core.blog.use_cases.restore_post import RestorePost
from core.errors import Forbidden, Unauthenticated
from core.events import EventKind
from core.identity import Role
from core.tasks import TaskKind
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def restore(house: House) -> RestorePost:
    return RestorePost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_editor_takes_a_published_post_out_of_the_trash_as_it_was(house: House) -> None:
    post = house.has_post(published(trashed_at=NOW))
    house.admits(Role.EDITOR)

    restored = await restore(house)(post.id)

    assert house.kept(house.posts) == {post.id: restored}
    assert restored.is_readable(NOW)


async def test_contributor_takes_her_own_draft_out_of_the_trash(house: House) -> None:
    post = house.has_post(draft(by=Role.CONTRIBUTOR, trashed_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    await restore(house)(post.id)

    assert house.kept(house.posts)[post.id].trashed_at is None


async def test_what_is_restored_is_not_deleted_later(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    await house.tasks.add(TaskKind.EMPTY_TRASH, subject=post.id, due_at=NOW)
    house.transaction.settle()
    house.admits(Role.AUTHOR)

    await restore(house)(post.id)

    assert house.kept(house.tasks) == {}


async def test_restoring_what_is_not_in_the_trash_changes_nothing(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await restore(house)(post.id) == post


async def test_a_post_that_does_not_exist_is_not_restored(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await restore(house)(PostId("nowhere"))


async def test_author_may_not_restore_what_another_wrote(house: House) -> None:
    post = house.has_post(draft(by=Role.EDITOR, trashed_at=NOW))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await restore(house)(post.id)


async def test_contributor_may_not_bring_back_what_would_be_public(house: House) -> None:
    post = house.has_post(published(by=Role.CONTRIBUTOR, trashed_at=NOW))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await restore(house)(post.id)


async def test_a_refused_viewer_restores_nothing(house: House) -> None:
    post = house.has_post(draft(trashed_at=NOW))
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await restore(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(draft(by=None, trashed_at=NOW))

    with house.refuses(Unauthenticated):
        await restore(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await restore(house)(PostId("nowhere"))


async def test_what_became_due_in_the_trash_is_told_of_once(house: House) -> None:
    post = house.has_post(replace(published(trashed_at=NOW), announced_at=None))
    house.admits(Role.EDITOR)

    restored = await restore(house)(post.id)

    assert restored.announced_at == NOW
    assert [kind for kind, _, _ in house.kept(house.events)] == [EventKind.POST_PUBLISHED]
