from dataclasses import replace

from core.blog.entities import PostKind
from core.blog.use_cases.suggest_details import SuggestDetails
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft, published


def suggest(house: House) -> SuggestDetails:
    return SuggestDetails(access=house.access, posts=house.posts, clock=house.clock)


async def test_author_is_offered_tags_series_and_her_own_posts(house: House) -> None:
    house.has_post(replace(published("one", tags=("sql",)), series="Queues", series_slug="queues"))
    house.has_post(draft("two", tags=("go",)))
    house.has_post(draft("others", by=Role.EDITOR))
    house.has_post(replace(draft("about"), kind=PostKind.PAGE))
    house.admits(Role.AUTHOR)

    found = await suggest(house)(kind=PostKind.POST)

    assert [shelf.name for shelf in found.tags] == ["go", "sql"]
    assert [shelf.name for shelf in found.series] == ["Queues"]
    assert {post.slug for post in found.originals} == {"one", "two"}
    assert [post.slug for post in (await suggest(house)(kind=PostKind.PAGE)).originals] == ["about"]


async def test_a_refused_viewer_is_offered_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await suggest(house)(kind=PostKind.POST)


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await suggest(house)(kind=PostKind.POST)
