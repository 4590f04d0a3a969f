"""The page of a post and of a free page, and what stands beside the text."""

from datetime import UTC, datetime
from secrets import token_hex

import pytest

from core.blog.addresses import new_preview_link
from core.blog.entities import PostId
from core.identity import Role
from db.blog import SqlPreviewLinkStorage
from services.key_ring import KeyRing
from services.preview_tokens import HmacPreviewTokens
from tests.api.house import House, Site
from tests.api.pictures import png
from tests.api.posts import made_post
from tests.pages.browser import Browser

MANY_HEADINGS = "## One\n\ntext\n\n## Two\n\n### *Three*\n\nend"


async def made_page(site: Site, **fields: str) -> dict[str, str]:
    """A free page that everybody can read."""
    async with site.client(Role.OWNER) as client:
        made = await client.post("/api/v1/pages", json={"title": "About me", "body": "Some *words*.", **fields})
        assert made.status_code == 201, made.text
        put = await client.put(f"{made.headers['location']}/publication", headers={"if-match": "*"})
        assert put.status_code == 200, put.text
        shown: dict[str, str] = put.json()
    return shown


async def preview_of(house: House, site: Site, post_id: str) -> str:
    link = new_preview_link(PostId(post_id), by="Owner", at=datetime.now(UTC))
    async with site.sessions.open(site.tenant) as session:
        await SqlPreviewLinkStorage(session).add(link)
        await session.commit()
    ring = await house.container.get(KeyRing)
    return f"/preview/{HmacPreviewTokens(ring, site.tenant.id).make(link.id)}"


async def test_a_series_shows_its_place_all_parts_and_the_next(anna: Site, visitor: Browser) -> None:
    name = f"Series {token_hex(4)}"
    parts = [await made_post(anna, is_public=True, series=name, series_part=number) for number in (1, 2, 3)]
    await made_post(anna, series=name, series_part=4)
    page = await visitor.get(f"/blog/{parts[1].shown['slug']}")
    series = f"/blog/series/{parts[0].shown['series_slug']}"

    assert page.texts(".series-place") == [f"Part 2 of 3 · {name}"]
    assert page.one(".series-place a").attributes["href"] == series
    assert page.texts(".series ol li") == [part.shown["title"] for part in parts]
    assert page.one(".series ol li[aria-current]").css("a") == []
    assert page.one(".series-next a").attributes["href"] == f"/blog/{parts[2].shown['slug']}"
    assert (await visitor.get(series)).texts(".entry-title") == [part.shown["title"] for part in parts]


async def test_translations_lead_to_each_other(anna: Site, visitor: Browser) -> None:
    english = await made_post(anna, is_public=True, title="Hello", slug=f"hello-{token_hex(4)}")
    russian = await made_post(
        anna, is_public=True, title="Привет", slug=f"privet-{token_hex(4)}", lang="ru", translation_of=english.id
    )
    page = await visitor.get(f"/blog/{russian.shown['slug']}")

    assert page.one("html").attributes["lang"] == "en"
    assert page.one("article").attributes["lang"] == "ru"
    assert page.one(".meta").attributes["lang"] == "en"
    switch = page.one(".translations a")
    assert (switch.text(), switch.attributes["hreflang"]) == ("Read in English", "en")
    assert switch.attributes["href"] == f"/blog/{english.shown['slug']}"
    alternates = {node.attributes["hreflang"] for node in page.tree.css("head link[rel=alternate][hreflang]")}
    assert {"en", "ru"} <= alternates
    other = await visitor.get(f"/blog/{english.shown['slug']}")
    assert other.one(".translations a").text() == "Читать по-русски"


async def test_older_newer_and_related_posts_stand_below(anna: Site, visitor: Browser) -> None:
    tag = f"t{token_hex(4)}"
    posts = [await made_post(anna, is_public=True, tags=[tag]) for _ in range(3)]
    page = await visitor.get(f"/blog/{posts[1].shown['slug']}")

    assert page.one(".neighbours a[rel=prev]").attributes["href"] == f"/blog/{posts[0].shown['slug']}"
    assert page.one(".neighbours a[rel=next]").attributes["href"] == f"/blog/{posts[2].shown['slug']}"
    assert page.texts(".related a") == [posts[2].shown["title"], posts[0].shown["title"]]


async def test_a_cover_comes_in_sizes_and_keeps_its_place(anna: Site, visitor: Browser) -> None:
    async with anna.client(Role.OWNER) as client:
        sent = {"file": ("cover.png", png(1000, 500), "image/png")}
        key = (await client.post("/api/v1/media", files=sent)).json()["key"]
    post = await made_post(anna, is_public=True, cover=key, cover_alt="A cover")
    page = await visitor.get(f"/blog/{post.shown['slug']}")

    cover = page.one("header picture img.cover")
    assert (cover.attributes["width"], cover.attributes["height"]) == ("1000", "500")
    assert cover.attributes["alt"] == "A cover"
    for source in page.tree.css("header picture source"):
        for candidate in str(source.attributes["srcset"]).split(", "):
            assert (await visitor.get(candidate.split()[0])).status == 200
    assert (await visitor.get(str(cover.attributes["src"]))).status == 200


async def test_programs_find_the_parts_of_a_post(anna: Site, visitor: Browser) -> None:
    post = await made_post(anna, is_public=True, body=MANY_HEADINGS, tags=["sql"], description="In short.")
    page = await visitor.get(f"/blog/{post.shown['slug']}")

    assert page.texts(".h-entry > header > .p-name") == [post.shown["title"]]
    assert page.has(".h-entry .e-content")
    assert page.has(".h-entry .p-summary")
    assert page.texts(".h-entry .p-author.h-card .p-name") == [post.shown["author"]["name"]]
    assert page.one(".h-entry time.dt-published").attributes["datetime"]
    assert page.texts(".h-entry .p-category") == ["sql"]
    assert page.texts(".toc li") == ["One", "Two", "Three"]
    author = str(page.one(".p-author a").attributes["href"])
    listed = await visitor.get(author)
    assert listed.texts("h1") == [f"Posts by {post.shown['author']['name']}"]
    assert listed.has(".h-feed .h-entry a.u-url.p-name")


async def test_a_free_page_is_read_at_its_address_and_in_no_list(anna: Site, visitor: Browser) -> None:
    shown = await made_page(anna, slug=f"about-{token_hex(4)}", title=f"About {token_hex(4)}", body=MANY_HEADINGS)
    page = await visitor.get(f"/pages/{shown['slug']}")

    assert page.texts("h1") == [shown["title"]]
    assert page.has(".prose[hx-disable][data-disable-scripting] h2")
    assert page.has(".toc")
    assert not page.has(".neighbours")
    assert (await visitor.get(f"/blog/{shown['slug']}")).status == 404
    assert shown["title"] not in (await visitor.get("/blog")).answer.text + (await visitor.get("/")).answer.text


async def test_whoever_has_the_link_sees_a_draft_and_tells_nobody(house: House, anna: Site, visitor: Browser) -> None:
    draft = await made_post(anna, title=f"Draft {token_hex(4)}", body=MANY_HEADINGS)
    path = await preview_of(house, anna, draft.id)
    page = await visitor.get(path)

    assert page.texts("h1") == [draft.shown["title"]]
    assert page.has(".preview-note")
    assert page.has(".toc")
    assert page.one("meta[name=robots]").attributes["content"] == "noindex, nofollow"
    assert not page.has("link[rel=canonical]")
    assert not page.has("meta[property^='og:']")
    headers = page.answer.headers
    assert headers["cache-control"] == "private, no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-robots-tag"] == "noindex, nofollow"
    assert "etag" not in headers
    assert "set-cookie" not in headers


async def test_a_preview_of_what_is_public_by_now_says_where_it_is(house: House, anna: Site, visitor: Browser) -> None:
    post = await made_post(anna, is_public=True)
    page = await visitor.get(await preview_of(house, anna, post.id))

    assert page.one(".preview-note a").attributes["href"] == f"/blog/{post.shown['slug']}"


@pytest.mark.parametrize("token", ["x", "x.y", "é", "a" * 5_000, "0123456789abcdef01234567.AAAA"])
async def test_a_link_that_opens_nothing_looks_like_any_other(visitor: Browser, token: str) -> None:
    page = await visitor.get(f"/preview/{token}")

    assert page.status == 404
    assert "preview link is not valid" in page.one("main").text()


async def test_another_sites_link_opens_nothing(house: House, anna: Site, boris: Site) -> None:
    path = await preview_of(house, anna, (await made_post(anna)).id)

    assert (await Browser(boris).get(path)).status == 404
