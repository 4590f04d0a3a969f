from dataclasses import replace

from core.access import Action
from core.blog.entities import PostKind
from core.blog.use_cases.find_redirect import FindRedirect
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import draft, published


def find(house: House) -> FindRedirect:
    return FindRedirect(access=house.access, redirects=house.redirects, clock=house.clock)


async def test_visitor_is_told_where_a_renamed_text_is_now(house: House) -> None:
    post = house.has_post(published("new"))
    page = house.has_post(replace(published("cv"), kind=PostKind.PAGE))
    await house.redirects.point("/blog/old", post.id)
    await house.redirects.point("/?p=12", page.id)

    assert await find(house)("/blog/old") == "/blog/new"
    assert await find(house)("/?p=12") == "/pages/cv"


async def test_a_renamed_tag_leads_to_its_new_list(house: House) -> None:
    await house.redirects.forward("/blog/tags/py", "/blog/tags/python")

    assert await find(house)("/blog/tags/py") == "/blog/tags/python"


async def test_nothing_leads_to_what_cannot_be_read(house: House) -> None:
    await house.redirects.point("/blog/old", house.has_post(draft("new")).id)

    assert await find(house)("/blog/old") is None
    assert await find(house)("/blog/never-was") is None


async def test_an_endless_address_is_not_even_looked_for(house: House) -> None:
    path = "/" + "x" * 1_000
    await house.redirects.forward(path, "/blog")

    assert await find(house)(path) is None
    assert await find(house)(path[:-1]) is None


async def test_a_refused_visitor_is_told_nothing_where_the_site_is_closed(house: House) -> None:
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await find(house)("/blog/old")
