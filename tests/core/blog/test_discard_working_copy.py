from core.access import Action, Scope
from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.discard_working_copy import DiscardWorkingCopy
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.blog.test_show_editing import copy_of
from tests.core.house import House
from tests.core.makers import TEXT, draft, published


def discard(house: House) -> DiscardWorkingCopy:
    return DiscardWorkingCopy(
        access=house.access, posts=house.posts, copies=house.copies, transaction=house.transaction
    )


async def test_author_forgets_her_own_copy_and_the_post_stays(house: House) -> None:
    post = house.has_post(published())
    await house.copies.keep(copy_of(post, Role.AUTHOR, TEXT))
    hers = copy_of(post, Role.EDITOR, TEXT)
    await house.copies.keep(hers)
    house.transaction.settle()
    house.admits(Role.AUTHOR)

    assert await discard(house)(post.id, kind=PostKind.POST) == post

    assert list(house.kept(house.copies).values()) == [hers]
    assert house.kept(house.posts) == {post.id: post}


async def test_nothing_to_forget_is_fine(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    assert await discard(house)(post.id) == post


async def test_who_is_nobody_has_no_copies(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.OPERATOR)
    house.forbids(Action.EDIT_POST, Scope.ALL)

    with house.changes_nothing():
        await discard(house)(post.id)


async def test_a_post_that_does_not_exist_has_no_copy(house: House) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await discard(house)(PostId("nowhere"))


async def test_a_refused_author_leaves_the_posts_of_others_alone(house: House) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(Role.AUTHOR)

    with house.refuses(Forbidden):
        await discard(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await discard(house)(PostId("nowhere"))
