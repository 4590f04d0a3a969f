"""Lists by tag, series, author, year and language, and the way from one to the other."""

from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post
from tests.pages.browser import Browser

NOWHERE = ("/blog/1999", "/blog/0000", "/blog/9999", "/blog/series/none", "/blog/authors/none", "/blog/tags/none")


@pytest.mark.parametrize("path", NOWHERE)
async def test_a_shelf_without_posts_is_no_page(visitor: Browser, path: str) -> None:
    assert (await visitor.get(path)).status == 404


async def test_a_year_has_a_list_of_its_own(anna: Site, visitor: Browser) -> None:
    post = await made_post(anna, is_public=True)
    year = str(post.shown["published_at"])[:4]
    page = await visitor.get(f"/blog/{year}?utm_source=x")

    assert page.texts("h1") == [f"Posts of {year}"]
    assert post.shown["title"] in page.texts(".entry-title")
    assert page.one("link[rel=canonical]").attributes["href"] == f"{anna.url}/blog/{year}"
    assert str(page.one("meta[name=description]").attributes["content"]).startswith(f"Posts of {year} · ")
    assert (await visitor.get(f"/blog/{year}?page=0")).status == 404


async def test_the_first_page_offers_the_shelves(anna: Site, visitor: Browser) -> None:
    tag, name = f"t{token_hex(4)}", f"Series {token_hex(4)}"
    post = await made_post(anna, is_public=True, tags=[tag], series=name, series_part=1)
    page = await visitor.get("/blog")

    links = {str(node.attributes["href"]): node.text() for node in page.tree.css(".archive a")}
    assert links[f"/blog/series/{post.shown['series_slug']}"] == name
    assert f"/blog/{datetime.now(UTC).year}" in links
    assert tag in links.values() or len(page.tree.css(".archive-tags li")) == 40
    assert not (await visitor.fragment("/blog")).has(".archive")


async def test_pinned_posts_stand_first_everywhere_but_on_a_shelf(anna: Site, visitor: Browser) -> None:
    tag = f"t{token_hex(4)}"
    pinned = await made_post(anna, is_public=True, is_pinned=True, tags=[tag])
    newer = await made_post(anna, is_public=True, tags=[tag])
    for path in ("/", "/blog"):
        page = await visitor.get(path)
        assert page.texts(".entry-title")[0] == pinned.shown["title"]
        assert page.has(".entry-pin")
    titles = (await visitor.get(f"/blog/tags/{tag}")).texts(".entry-title")
    assert titles == [newer.shown["title"], pinned.shown["title"]]
    await unpin(anna, pinned.path)


async def unpin(site: Site, path: str) -> None:
    """Other tests look at the first page as well."""
    async with site.client(Role.OWNER) as client:
        answer = await client.patch(path, headers={"if-match": "*"}, json={"is_pinned": False})
        assert answer.status_code == 200, answer.text


async def test_of_translations_a_list_shows_the_sites_language_and_another_when_asked(
    anna: Site, visitor: Browser
) -> None:
    tag = f"t{token_hex(4)}"
    english = await made_post(anna, is_public=True, tags=[tag])
    russian = await made_post(anna, is_public=True, tags=[tag], lang="ru", translation_of=english.id)
    lonely = await made_post(anna, is_public=True, tags=[tag], lang="ru")

    titles = (await visitor.get(f"/blog/tags/{tag}")).texts(".entry-title")
    assert titles == [lonely.shown["title"], english.shown["title"]]
    page = await visitor.get("/blog?lang=ru")
    assert {russian.shown["title"], lonely.shown["title"]} <= set(page.texts(".entry-title"))
    assert page.one(".languages [aria-current]").attributes["lang"] == "ru"
    assert page.one("input[name=lang]").attributes["value"] == "ru"
    assert {node.attributes["lang"] for node in page.tree.css(".entry-body")} == {"ru"}
    assert (await visitor.get("/blog?lang=tlh")).status == 200


async def test_what_is_to_come_is_on_no_shelf(anna: Site, visitor: Browser) -> None:
    tag = f"t{token_hex(4)}"
    later = await made_post(anna, tags=[tag], series=f"Later {token_hex(4)}", series_part=1)
    async with anna.client(Role.OWNER) as client:
        wanted = {"published_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()}
        answer = await client.put(f"{later.path}/publication", headers={"if-match": "*"}, json=wanted)
        assert answer.status_code == 200, answer.text
    for path in (f"/blog/tags/{tag}", f"/blog/series/{later.shown['series_slug']}", f"/blog/{later.shown['slug']}"):
        assert (await visitor.get(path)).status == 404
