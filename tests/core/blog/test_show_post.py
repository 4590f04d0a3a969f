import pytest

from core.access import Action
from core.blog.entities import PostId
from core.blog.errors import PostNotFound
from core.blog.use_cases.show_post import ShowPost
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def show(house: House) -> ShowPost:
    return ShowPost(access=house.access, posts=house.posts, clock=house.clock)


async def test_visitor_sees_a_published_post_by_its_id(house: House) -> None:
    post = house.has_post(published())

    assert await show(house)(post.id) == post


async def test_author_sees_her_own_draft(house: House) -> None:
    post = house.has_post(draft())
    house.admits(Role.AUTHOR)

    assert await show(house)(post.id) == post


async def test_editor_sees_what_lies_in_the_trash(house: House) -> None:
    post = house.has_post(published(trashed_at=NOW))
    house.admits(Role.EDITOR)

    assert await show(house)(post.id) == post


@pytest.mark.parametrize("role", [Role.VISITOR, Role.MODERATOR, Role.AUTHOR])
async def test_who_may_not_see_a_draft_is_refused_as_if_it_were_not_there(house: House, role: Role) -> None:
    post = house.has_post(draft(by=Role.EDITOR))
    house.admits(role)

    with house.refuses(PostNotFound):
        await show(house)(post.id)


async def test_an_unknown_id_is_refused(house: House) -> None:
    with house.refuses(PostNotFound):
        await show(house)(PostId("nowhere"))


async def test_a_refused_visitor_sees_nothing_where_the_site_is_closed(house: House) -> None:
    post = house.has_post(published())
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await show(house)(post.id)
