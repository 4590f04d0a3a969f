from dataclasses import replace

import pytest

from core.access import Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.history import WorkingCopy
from core.blog.texts import PostText
from core.blog.use_cases.show_editing import ShowEditing
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House, somebody
from tests.core.makers import NOW, draft, published


def show(house: House) -> ShowEditing:
    return ShowEditing(access=house.access, posts=house.posts, copies=house.copies)


def copy_of(post: Post, by: Role, text: PostText) -> WorkingCopy:
    user_id = somebody(by).user_id
    assert user_id is not None
    return WorkingCopy(post_id=post.id, user_id=user_id, text=text, base_version=post.version, saved_at=NOW)


async def test_author_finds_what_she_kept_aside_and_nobody_elses(house: House) -> None:
    post = house.has_post(published())
    mine = copy_of(post, Role.AUTHOR, replace(post.text, body="Mine"))
    await house.copies.keep(mine)
    await house.copies.keep(copy_of(post, Role.EDITOR, replace(post.text, body="Hers")))
    house.admits(Role.AUTHOR)

    editing = await show(house)(post.id, kind=PostKind.POST)

    assert (editing.post, editing.copy) == (post, mine)


async def test_a_copy_that_says_the_same_is_none(house: House) -> None:
    post = house.has_post(published())
    await house.copies.keep(copy_of(post, Role.AUTHOR, post.text))
    house.admits(Role.AUTHOR)

    assert (await show(house)(post.id)).copy is None


async def test_a_post_is_no_page(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)

    with house.refuses(PostNotFound):
        await show(house)(post.id, kind=PostKind.PAGE)


@pytest.mark.parametrize("post", [draft(by=Role.EDITOR), published(by=Role.EDITOR)], ids=["draft", "published"])
async def test_what_a_writer_may_not_see_before_it_is_public_is_not_there(house: House, post: Post) -> None:
    house.has_post(post)
    house.admits(Role.AUTHOR)

    with house.refuses(PostNotFound):
        await show(house)(post.id)


async def test_a_refused_writer_sees_but_does_not_edit(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.EDITOR)
    house.forbids(Action.EDIT_POST)

    with house.refuses(Forbidden):
        await show(house)(post.id)


async def test_a_writer_may_not_edit_what_she_may_only_read(house: House) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(Role.VIEWER)
    house.forbids(Action.EDIT_POST)

    with house.refuses(Forbidden):
        await show(house)(post.id)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await show(house)(PostId("nowhere"))
