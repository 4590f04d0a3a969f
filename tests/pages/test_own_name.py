"""Whoever takes another name has it under everything that she wrote."""

import json
from secrets import token_hex

from sqlalchemy import update

from core.identity import Role
from db.blog.rows import PostRow
from tests.api.house import House, Site
from tests.isolation.estate import Estate
from tests.pages.browser import Browser
from tests.pages.posts import write
from tests.pages.test_people import enter

FORM = "form[action='/admin/profile']"


async def writer(house: House, site: Site) -> Browser:
    email = f"writer-{token_hex(4)}@anna.example"
    await (await Estate.of(house, site)).admit(email, role=Role.EDITOR)
    await site.forgive()
    browser = Browser(site)
    assert (await enter(browser, email)).status == 303
    return browser


async def renamed(browser: Browser, name: str) -> None:
    await browser.press(await browser.get("/admin/profile"), FORM, name=name)


async def test_posts_feeds_and_data_bear_the_new_name(house: House, anna: Site, visitor: Browser) -> None:
    browser, before, after = await writer(house, anna), f"Before {token_hex(4)}", f"After {token_hex(4)}"
    await renamed(browser, before)
    post, brought = await write(browser), await write(browser)
    async with anna.sessions.open(anna.tenant) as session:
        another = {"author_name": "Somebody Else", "author_slug": "somebody-else"}
        await session.execute(update(PostRow).where(PostRow.id == brought.id).values(another))
        await session.commit()
    async with anna.client() as client:
        tag = (await client.get(f"/api/v1/posts/{post.id}")).headers["etag"]
    old = before.lower().replace(" ", "-")
    assert (await visitor.get(f"/blog/authors/{old}")).status == 200

    await renamed(browser, after)

    page = await visitor.get(post.url)
    assert json.loads(page.one("script[type='application/ld+json']").text())["author"]["name"] == after
    assert before not in page.answer.text
    assert f"<name>{after}</name>" in (await visitor.get("/blog/feed.atom")).answer.text
    moved = await visitor.get(f"/blog/authors/{old}")
    assert (moved.status, moved.location) == (301, f"/blog/authors/{after.lower().replace(' ', '-')}")
    assert post.title in (await visitor.get(moved.location)).answer.text
    assert "Somebody Else" in (await visitor.get(brought.url)).answer.text
    async with anna.client() as client:
        shown = await client.get(f"/api/v1/posts/{post.id}", headers={"if-none-match": tag})
    assert shown.json()["author"]["name"] == after

    await renamed(browser, before)
    assert post.title in (await visitor.get(f"/blog/authors/{old}")).answer.text
    back = await visitor.get(moved.location)
    assert (back.status, back.location) == (301, f"/blog/authors/{old}")
