from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.blog.entities import Post, PostKind
from core.blog.errors import PostNotFound
from core.blog.use_cases.read_post import ReadPost
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, picture, published


def read(house: House) -> ReadPost:
    return ReadPost(access=house.access, posts=house.posts, surroundings=house.surroundings, clock=house.clock)


async def test_visitor_reads_a_published_post_and_what_stands_beside_it(house: House) -> None:
    post = house.has_post(published(tags=("sql",)))
    older = house.has_post(published("older", at=NOW - timedelta(days=1), tags=("sql",)))

    reading = await read(house)("hello", preferred="en")

    assert reading.post == post
    assert reading.around.older is not None
    assert (reading.around.older.id, reading.around.newer) == (older.id, None)
    assert [link.id for link in reading.around.related] == [older.id]


async def test_a_cover_is_shown_as_the_site_knows_it(house: House) -> None:
    house.has_media(picture("cat.webp"))
    house.has_post(replace(published(), cover="cat.webp"))

    cover = (await read(house)("hello", preferred="en")).cover

    assert cover is not None
    assert (cover.width, cover.height) == (640, 480)


async def test_a_cover_that_is_gone_is_not_shown_and_none_costs_nothing(house: House) -> None:
    house.has_post(replace(published(), cover="gone.webp"))
    house.has_post(published("bare"))

    assert (await read(house)("hello", preferred="en")).cover is None
    assert (await read(house)("bare", preferred="en")).cover is None
    assert house.surroundings.looks == 1


async def test_posts_and_pages_have_addresses_of_their_own(house: House) -> None:
    page = house.has_post(replace(published("about"), kind=PostKind.PAGE))

    assert (await read(house)("about", preferred="en", kind=PostKind.PAGE)).post == page
    with house.refuses(PostNotFound):
        await read(house)("about", preferred="en")


@pytest.mark.parametrize("post", [draft(), published(at=NOW + timedelta(seconds=1)), published(trashed_at=NOW)])
@pytest.mark.parametrize("role", [Role.VISITOR, Role.OWNER])
async def test_what_is_not_public_is_not_there_for_anybody(house: House, post: Post, role: Role) -> None:
    house.has_post(post)
    house.admits(role)

    with house.refuses(PostNotFound):
        await read(house)("hello", preferred="en")


async def test_an_unknown_address_is_refused(house: House) -> None:
    with house.refuses(PostNotFound):
        await read(house)("nowhere", preferred="en")


async def test_a_refused_visitor_reads_nothing_where_the_site_is_closed(house: House) -> None:
    house.has_post(published())
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await read(house)("hello", preferred="en")
