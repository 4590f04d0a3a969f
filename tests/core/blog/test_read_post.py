from datetime import timedelta

import pytest

from core.access import Action
from core.blog.entities import Post
from core.blog.errors import PostNotFound
from core.blog.use_cases.read_post import ReadPost
from core.errors import Unauthenticated
from core.identity import Role
from tests.core.house import House
from tests.core.makers import NOW, draft, published


def read(house: House) -> ReadPost:
    return ReadPost(access=house.access, posts=house.posts, clock=house.clock)


async def test_visitor_reads_a_published_post(house: House) -> None:
    post = house.has_post(published())

    assert await read(house)("hello") == post


@pytest.mark.parametrize("post", [draft(), published(at=NOW + timedelta(seconds=1)), published(trashed_at=NOW)])
@pytest.mark.parametrize("role", [Role.VISITOR, Role.OWNER])
async def test_what_is_not_public_is_not_there_for_anybody(house: House, post: Post, role: Role) -> None:
    house.has_post(post)
    house.admits(role)

    with house.refuses(PostNotFound):
        await read(house)("hello")


async def test_an_unknown_address_is_refused(house: House) -> None:
    with house.refuses(PostNotFound):
        await read(house)("nowhere")


async def test_a_refused_visitor_reads_nothing_where_the_site_is_closed(house: House) -> None:
    house.has_post(published())
    house.forbids(Action.READ_POST)

    with house.refuses(Unauthenticated):
        await read(house)("hello")
