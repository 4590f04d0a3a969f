from core.access import Action
from core.blog.use_cases.show_shelves import ShowShelves
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def shelves(house: House) -> ShowShelves:
    return ShowShelves(access=house.access, posts=house.posts, clock=house.clock)


async def test_visitor_sees_what_there_is_to_leaf_through(house: House) -> None:
    house.has_post(published("one", tags=("sql", "python")))
    house.has_post(published("two", tags=("sql",)))
    house.has_post(draft("three", tags=("secret",)))

    found = await shelves(house)(time_zone="UTC")

    assert [(shelf.slug, shelf.count) for shelf in found.tags] == [("python", 1), ("sql", 2)]
    assert [(shelf.slug, shelf.count) for shelf in found.years] == [(str(NOW.year), 2)]


async def test_a_refused_visitor_sees_no_shelves_where_the_site_is_closed(house: House) -> None:
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await shelves(house)(time_zone="UTC")
