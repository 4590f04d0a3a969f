"""What an answer costs the database: the same few statements however much a site holds."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from core.identity import Role
from tests.api.house import House
from tests.fixtures.statements import statements
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import write

VISITORS = {"/": 4, "/blog": 2, "/blog?q=title": 1, "/sitemap.xml": 3, "/login": 0, "/robots.txt": 0, "/api/docs": 0}
OWNERS = {"/admin": 6, "/admin/blog": 3, "/admin/pages": 3, "/admin/trash": 2, "/admin/settings": 2, "/admin/media": 2}
SESSION = 1
UNREAD = 1
"""Whoever may read messages is told how many wait."""


async def counted(house: House, browser: Browser, path: str) -> int:
    """Statements of the second visit, without the one message that begins each transaction."""
    assert (await browser.get(path)).status == 200
    with statements(await house.container.get(AsyncEngine)) as sent:
        assert (await browser.get(path)).status == 200
    return len([statement for statement in sent if not statement.startswith("BEGIN")])


@pytest.fixture
async def posts(owner: Browser) -> list[str]:
    return [(await write(owner, tags="counted")).url for _ in range(3)]


async def test_a_page_for_readers_costs_one_query(house: House, visitor: Browser, posts: list[str]) -> None:
    wanted = VISITORS | {posts[0]: 2, "/blog/tags/counted": 1}

    assert {path: await counted(house, visitor, path) for path in wanted} == wanted


async def test_a_page_of_the_desk_costs_its_session_and_few_queries(
    house: House, owner: Browser, posts: list[str]
) -> None:
    wanted = OWNERS | {(await write(owner, intent="save")).edit_url: 7}

    assert {path: await counted(house, owner, path) - SESSION - UNREAD for path in wanted} == wanted


async def test_who_may_not_read_messages_pays_nothing_for_them(
    house: House, signed_in: SignedIn, posts: list[str]
) -> None:
    author = await signed_in(house.anna, Role.AUTHOR)

    assert await counted(house, author, "/admin/blog") - SESSION == OWNERS["/admin/blog"]


async def test_a_list_of_the_api_costs_one_query(house: House, posts: list[str]) -> None:
    engine = await house.container.get(AsyncEngine)
    async with house.anna.client() as visitor, house.anna.client(Role.OWNER) as program:
        with statements(engine) as sent:
            assert len((await visitor.get("/api/v1/posts")).json()["items"]) >= len(posts)
        with statements(engine) as signed:
            await program.get("/api/v1/posts?status=any")

    assert (len(sent), len(signed)) == (2, 3)
