from dataclasses import replace

import pytest

from core.access import Action
from core.blog.entities import PostId, PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.search_posts import SearchPosts
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import draft, published


def search(house: House) -> SearchPosts:
    return SearchPosts(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(replace(published("rowing"), title="Rowing", plain="A boat and its oars."))
    house.has_post(replace(published("sailing"), title="Sailing", plain="A boat and the wind."))
    house.has_post(replace(draft("boat"), title="Boat", plain="A boat."))
    return house


async def test_visitor_finds_what_she_can_read(house: House) -> None:
    found = await search(furnished(house))("boat")

    assert {item.post.slug for item in found.page.items} == {"rowing", "sailing"}
    assert found.corrected is None


async def test_free_pages_are_found_too(house: House) -> None:
    page = house.has_post(replace(published("about"), kind=PostKind.PAGE, plain="I row a boat."))

    assert [item.post.id for item in (await search(house)("boat")).page.items] == [page.id]


async def test_a_slip_of_the_pen_is_taken_for_what_is_there(house: House) -> None:
    found = await search(furnished(house))("rowng")

    assert found.corrected == "rowing"
    assert [item.post.slug for item in found.page.items] == ["rowing"]


async def test_what_nobody_wrote_is_found_nowhere(house: House) -> None:
    assert (await search(furnished(house))("zzzzzzzz")).page.total == 0


async def test_the_preferred_language_gives_way_to_a_chosen_one(house: House) -> None:
    house.has_post(replace(published("hello"), plain="python"))
    house.has_post(replace(published("privet"), lang="ru", group_id=PostId("hello"), plain="python"))

    assert [item.post.slug for item in (await search(house)("python", preferred="ru")).page.items] == ["privet"]
    found = await search(house)("python", preferred="ru", lang="en")
    assert [item.post.slug for item in found.page.items] == ["hello"]


@pytest.mark.parametrize("number", [-1, 0, 3])
async def test_there_is_nothing_before_the_first_and_beyond_the_last_page(house: House, number: int) -> None:
    furnished(house)

    with house.refuses(PostNotFound):
        await search(house)("boat", number=number, size=1)


async def test_a_refused_visitor_finds_nothing_where_the_site_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await search(house)("boat")
