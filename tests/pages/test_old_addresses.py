"""Where something was before: one hop to where it is now, for those who only read."""

from secrets import token_hex

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from core.blog.entities import PostId
from core.identity import Role
from db.blog import SqlRedirectStorage
from tests.api.house import House, Site
from tests.api.posts import Made, made_post
from tests.fixtures.statements import statements
from tests.pages.browser import Browser


async def renamed(site: Site, post: Made, slug: str) -> None:
    async with site.client(Role.OWNER) as client:
        answer = await client.patch(post.path, headers={"if-match": "*"}, json={"slug": slug})
        assert answer.status_code == 200, answer.text


async def point(site: Site, path: str, post: Made) -> None:
    """As an import does."""
    async with site.sessions.open(site.tenant) as session:
        await SqlRedirectStorage(session).point(path, PostId(post.id))
        await session.commit()


async def test_each_old_slug_leads_to_the_present_one_in_one_hop(anna: Site, visitor: Browser) -> None:
    first, second, third = (f"slug-{token_hex(4)}" for _ in range(3))
    post = await made_post(anna, is_public=True, slug=first)
    await renamed(anna, post, second)
    await renamed(anna, post, third)

    for old in (first, second):
        page = await visitor.get(f"/blog/{old}")
        assert (page.status, page.location) == (301, f"/blog/{third}")
        assert page.answer.headers["cache-control"] == "no-cache"
        assert (await visitor.get(f"/blog/{old}/")).location == f"/blog/{third}"
        assert (await visitor.client.head(f"/blog/{old}")).status_code == 301
        assert (await visitor.client.post(f"/blog/{old}")).status_code in (404, 405)


async def test_a_live_post_wins_over_an_old_address(anna: Site, visitor: Browser) -> None:
    old = f"slug-{token_hex(4)}"
    post = await made_post(anna, is_public=True, slug=old)
    await renamed(anna, post, f"slug-{token_hex(4)}")
    heir = await made_post(anna, is_public=True, slug=old)

    assert (await visitor.get(f"/blog/{old}")).texts("h1") == [heir.shown["title"]]


async def test_nothing_leads_to_what_is_hidden(anna: Site, visitor: Browser) -> None:
    old = f"slug-{token_hex(4)}"
    draft = await made_post(anna, slug=old)
    await renamed(anna, draft, f"slug-{token_hex(4)}")

    assert (await visitor.get(f"/blog/{old}")).status == 404


@pytest.mark.parametrize("form", ["/2024/05/{name}", "/{name}.html", "/старое/{name}", "/blog/2024/{name}"])
async def test_addresses_from_elsewhere_lead_here(anna: Site, visitor: Browser, form: str) -> None:
    path = form.format(name=token_hex(4))
    post = await made_post(anna, is_public=True)
    await point(anna, path, post)

    for old in (path, f"{path}/"):
        page = await visitor.get(f"{old}?utm_source=x")
        assert (page.status, page.location) == (301, f"/blog/{post.shown['slug']}")
    assert (await visitor.client.post(path)).status_code == 404


async def test_a_number_on_the_home_page_leads_to_its_post(anna: Site, visitor: Browser) -> None:
    number = str(int(token_hex(4), 16))
    post = await made_post(anna, is_public=True)
    await point(anna, f"/?p={number}", post)

    page = await visitor.get(f"/?p={number}")
    assert (page.status, page.location) == (301, f"/blog/{post.shown['slug']}")
    assert page.answer.headers["cache-control"] == "no-cache"
    for other in ("/?p=0", "/?p=x", "/?p=", "/?page_id=²", "/?p=" + "9" * 2_000):
        assert (await visitor.get(other)).status == 200


async def test_a_renamed_tag_leads_to_its_list(anna: Site, visitor: Browser) -> None:
    old, new = f"старая-{token_hex(4)}", f"новая-{token_hex(4)}"
    await made_post(anna, is_public=True, tags=[new])
    async with anna.sessions.open(anna.tenant) as session:
        await SqlRedirectStorage(session).forward(f"/blog/tags/{old}", f"/blog/tags/{new}")
        await session.commit()

    page = await visitor.get(f"/blog/tags/{old}")
    assert page.status == 301
    assert (await visitor.get(page.location)).status == 200


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example"])
async def test_no_address_leads_away_from_the_site(anna: Site, visitor: Browser, target: str) -> None:
    path = f"/{token_hex(4)}"
    async with anna.sessions.open(anna.tenant) as session:
        await SqlRedirectStorage(session).forward(path, target)
        await session.commit()

    assert (await visitor.get(path)).status == 404


async def test_nothing_here_costs_one_short_query_and_our_own_addresses_none(house: House, visitor: Browser) -> None:
    engine = await house.container.get(AsyncEngine)
    wanted = {"/nowhere": 1, "/media/none": 0, "/admin/none": 0, "/static/none.css": 0}
    for path, queries in wanted.items():
        with statements(engine) as sent:
            assert (await visitor.get(path)).status in (404, 303)
        found = [statement for statement in sent if "redirects" in statement]
        assert len(found) == queries, path
