from dataclasses import replace

from core.blog.entities import PostKind
from core.blog.use_cases.complete_link import SHOWN, CompleteLink
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import draft, published


def complete(house: House) -> CompleteLink:
    return CompleteLink(access=house.access, posts=house.posts, clock=house.clock)


async def test_author_finds_posts_and_pages_by_title_or_address(house: House) -> None:
    house.has_post(replace(published("a-queue", by=Role.EDITOR), title="In a table"))
    house.has_post(replace(draft("about", title="The queue and I"), kind=PostKind.PAGE))
    house.has_post(draft("secret-queue", by=Role.EDITOR))
    house.has_post(published("other"))
    house.admits(Role.AUTHOR)

    found = await complete(house)("  QUEUE ")

    assert {post.slug for post in found} == {"a-queue", "about"}


async def test_a_few_are_enough(house: House) -> None:
    for number in range(SHOWN + 2):
        house.has_post(published(f"post-{number}"))
    house.admits(Role.CONTRIBUTOR)

    assert len(await complete(house)("")) == SHOWN


async def test_a_refused_viewer_links_nothing(house: House) -> None:
    house.admits(Role.VIEWER)

    with house.refuses(Forbidden):
        await complete(house)("")


async def test_a_refused_visitor_is_asked_to_sign_in(house: House) -> None:
    with house.refuses(Unauthenticated):
        await complete(house)("")
