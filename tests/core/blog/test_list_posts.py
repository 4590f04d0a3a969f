from datetime import timedelta

import pytest

from core.access import Action
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_posts import ListPosts
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def listed(house: House) -> ListPosts:
    return ListPosts(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(published("new", tags=("python",)))
    house.has_post(published("old", at=NOW - timedelta(days=1)))
    house.has_post(published("to-come", at=NOW + timedelta(days=1)))
    house.has_post(draft())
    return house


async def test_visitor_leafs_through_what_is_published_newest_first(house: House) -> None:
    page = await listed(furnished(house))()

    assert [post.slug for post in page.items] == ["new", "old"]


async def test_an_owners_drafts_do_not_show_among_the_published_either(house: House) -> None:
    furnished(house).admits(Role.OWNER)

    assert (await listed(house)()).total == 2


async def test_the_list_can_be_narrowed_by_tag_and_by_word(house: House) -> None:
    furnished(house)

    assert [post.slug for post in (await listed(house)(tag="python")).items] == ["new"]
    assert (await listed(house)(text="no such word")).total == 0


async def test_a_tag_that_no_post_has_is_no_list(house: House) -> None:
    with furnished(house).refuses(PostNotFound):
        await listed(house)(tag="nothing-has-it")


async def test_an_empty_blog_has_one_page(house: House) -> None:
    assert (await listed(house)()).items == []


@pytest.mark.parametrize("number", [-1, 0, 3])
async def test_there_is_nothing_before_the_first_and_beyond_the_last_page(house: House, number: int) -> None:
    furnished(house)

    with house.refuses(PostNotFound):
        await listed(house)(number=number, size=1)


async def test_a_refused_visitor_is_asked_to_sign_in_where_the_site_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await listed(house)()
