from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.access import Action
from core.blog.entities import PostId
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_posts import ListPosts
from core.blog.years import CalendarYear
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published

NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def listed(house: House) -> ListPosts:
    return ListPosts(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(replace(published("new", tags=("python",)), author_slug="anna"))
    house.has_post(published("old", at=NOW - timedelta(days=1)))
    house.has_post(published("to-come", at=NOW + timedelta(days=1)))
    house.has_post(draft())
    return house


async def test_visitor_leafs_through_what_is_published_newest_first(house: House) -> None:
    page = await listed(furnished(house))()

    assert [post.slug for post in page.items] == ["new", "old"]


async def test_pinned_posts_come_first_but_not_on_a_shelf(house: House) -> None:
    furnished(house)
    house.has_post(replace(published("pinned", at=NOW - timedelta(days=9), tags=("python",)), is_pinned=True))

    assert [post.slug for post in (await listed(house)()).items] == ["pinned", "new", "old"]
    assert [post.slug for post in (await listed(house)(tag="python")).items] == ["new", "pinned"]


async def test_an_owners_drafts_do_not_show_among_the_published_either(house: House) -> None:
    furnished(house).admits(Role.OWNER)

    assert (await listed(house)()).total == 2


async def test_the_list_can_be_narrowed_by_tag_and_by_author(house: House) -> None:
    furnished(house)

    assert [post.slug for post in (await listed(house)(tag="python")).items] == ["new"]
    assert [post.slug for post in (await listed(house)(author="anna")).items] == ["new"]


async def test_a_year_begins_at_midnight_of_the_site(house: House) -> None:
    house.has_post(published("late", at=NEW_YEAR - timedelta(hours=1)))
    moscow = CalendarYear(number=2026, time_zone="Europe/Moscow")

    assert [post.slug for post in (await listed(house)(year=moscow)).items] == ["late"]
    with house.refuses(PostNotFound):
        await listed(house)(year=CalendarYear(number=2026, time_zone="UTC"))


@pytest.mark.parametrize("number", [0, 1, 9999])
def test_a_year_that_cannot_be_told_is_none(number: int) -> None:
    with pytest.raises(PostNotFound):
        CalendarYear(number=number, time_zone="Pacific/Auckland")


async def test_of_translations_the_preferred_one_is_listed_unless_a_language_is_chosen(house: House) -> None:
    house.has_post(published("hello"))
    house.has_post(replace(published("privet"), lang="ru", group_id=PostId("hello")))

    assert [post.slug for post in (await listed(house)(preferred="ru")).items] == ["privet"]
    assert [post.slug for post in (await listed(house)(preferred="ru", lang="en")).items] == ["hello"]
    assert (await listed(house)()).total == 2


@pytest.mark.parametrize("shelf", ["tag", "author"])
async def test_a_shelf_that_holds_nothing_is_no_list(house: House, shelf: str) -> None:
    with furnished(house).refuses(PostNotFound):
        await listed(house)(**{shelf: "nothing-has-it"})  # type: ignore[arg-type]  # either is text


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
