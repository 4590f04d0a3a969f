from datetime import timedelta

from core.blog.entities import PostId, PostStatus
from core.blog.errors import PostInTrash, PostNotFound
from core.blog.use_cases.withdraw_post import WithdrawPost
from core.errors import Forbidden, StaleVersion, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def withdraw(house: House) -> WithdrawPost:
    return WithdrawPost(
        access=house.access,
        posts=house.posts,
        consequences=house.consequences,
        clock=house.clock,
        transaction=house.transaction,
    )


async def test_editor_withdraws_a_published_post(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.EDITOR)

    hidden = await withdraw(house)(post.id, expected=1)

    assert house.kept(house.posts) == {post.id: hidden}
    assert hidden.status(NOW) is PostStatus.WITHDRAWN


async def test_author_takes_back_what_she_scheduled(house: House) -> None:
    post = house.has_post(published(at=NOW + timedelta(days=1)))
    house.admits(Role.AUTHOR)

    await withdraw(house)(post.id)

    assert house.kept(house.posts)[post.id].status(NOW) is PostStatus.DRAFT


async def test_withdrawing_a_draft_changes_nothing(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    with house.changes_nothing():
        assert await withdraw(house)(post.id) == post


async def test_withdrawing_over_somebodys_newer_version_is_refused(house: House) -> None:
    post = house.has_post(published())
    house.admits(Role.EDITOR)

    with house.refuses(StaleVersion):
        await withdraw(house)(post.id, expected=7)


async def test_a_post_that_does_not_exist_is_not_withdrawn(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await withdraw(house)(PostId("nowhere"))


async def test_a_post_in_the_trash_is_not_withdrawn(house: House) -> None:
    post = house.has_post(published(trashed_at=NOW))
    house.admits(Role.EDITOR)

    with house.refuses(PostInTrash):
        await withdraw(house)(post.id)


async def test_author_may_not_withdraw_what_another_wrote(house: House) -> None:
    post = house.has_post(published(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await withdraw(house)(post.id)


async def test_contributor_may_not_withdraw_even_her_own_post(house: House) -> None:
    post = house.has_post(published(by=Role.CONTRIBUTOR))
    house.admits(Role.CONTRIBUTOR)

    with house.refuses(Forbidden):
        await withdraw(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    post = house.has_post(published())

    with house.refuses(Unauthenticated):
        await withdraw(house)(post.id)


async def test_a_refused_visitor_does_not_even_learn_whether_it_exists(house: House) -> None:
    with house.refuses(Unauthenticated):
        await withdraw(house)(PostId("nowhere"))
