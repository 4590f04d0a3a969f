from dataclasses import replace
from datetime import timedelta

from core.access import Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.use_cases.list_series import ListSeries
from core.errors import Unauthenticated
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def part_of(post: Post, number: int | None = None) -> Post:
    return replace(post, series="Queues", series_slug="queues", series_part=number)


def listed(house: House) -> ListSeries:
    return ListSeries(access=house.access, posts=house.posts, clock=house.clock)


def furnished(house: House) -> House:
    house.has_post(part_of(published("second", at=NOW - timedelta(days=2)), 2))
    house.has_post(part_of(published("first"), 1))
    house.has_post(part_of(published("extra")))
    house.has_post(part_of(draft("third"), 3))
    house.has_post(published("other"))
    return house


async def test_visitor_sees_the_readable_parts_in_their_order(house: House) -> None:
    assert [post.slug for post in await listed(furnished(house))("queues")] == ["first", "second", "extra"]


async def test_a_series_without_a_readable_part_is_none(house: House) -> None:
    house.has_post(part_of(draft()))

    with house.refuses(PostNotFound):
        await listed(house)("queues")
    with house.refuses(PostNotFound):
        await listed(house)("")


async def test_a_refused_visitor_sees_no_series_where_the_site_is_closed(house: House) -> None:
    furnished(house).forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await listed(house)("queues")
