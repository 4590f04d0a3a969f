"""Feeds, the sitemap, share images, and what stands in the head."""

import json
from email.utils import parsedate_to_datetime
from secrets import token_hex

import pytest
from defusedxml import ElementTree

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import POSTS, made_post
from tests.pages.browser import Browser
from tests.pages.posts import write

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "rss": "application/rss+xml; charset=utf-8",
    "json": "application/feed+json; charset=utf-8",
}


async def test_all_three_feeds_hold_the_whole_post_under_the_same_id(owner: Browser, visitor: Browser) -> None:
    tag = f"tag{token_hex(4)}"
    post = await write(
        owner, body="See [here](/blog) and [there](#one).\n\n## One", tags=tag, description="Short & sweet"
    )
    base = visitor.site.url
    atom = ElementTree.fromstring((await visitor.get(f"/blog/tags/{tag}/feed.atom")).answer.text)
    rss = ElementTree.fromstring((await visitor.get(f"/blog/tags/{tag}/feed.rss")).answer.text)
    feed = (await visitor.get(f"/blog/tags/{tag}/feed.json")).answer.json()

    entry, item, told = atom.find(f"{ATOM}entry"), rss.find("channel/item"), feed["items"][0]
    assert entry is not None
    assert item is not None
    assert entry.findtext(f"{ATOM}id") == item.findtext("guid") == told["id"]
    assert told["id"].startswith("urn:uuid:")
    assert entry.findtext(f"{ATOM}title") == item.findtext("title") == told["title"] == post.title
    assert entry.findtext(f"{ATOM}summary") == item.findtext("description") == told["summary"] == "Short & sweet"
    html = entry.findtext(f"{ATOM}content") or ""
    assert html == item.findtext(CONTENT) == told["content_html"]
    assert f'href="{base}/blog"' in html
    assert f'href="{base}{post.url}#' in html
    assert told["url"] == base + post.url
    assert feed["feed_url"] == f"{base}/blog/tags/{tag}/feed.json"
    assert atom.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


@pytest.mark.parametrize("kind", TYPES)
async def test_a_feed_is_fetched_again_only_when_it_changed(owner: Browser, visitor: Browser, kind: str) -> None:
    await write(owner)
    first = (await visitor.get(f"/blog/feed.{kind}")).answer
    assert first.headers["content-type"] == TYPES[kind]

    by_tag = await visitor.get(f"/blog/feed.{kind}", if_none_match=first.headers["etag"])
    by_date = await visitor.get(f"/blog/feed.{kind}", if_modified_since=first.headers["last-modified"])
    both = await visitor.get(
        f"/blog/feed.{kind}", if_none_match='"other"', if_modified_since=first.headers["last-modified"]
    )
    odd = await visitor.get(f"/blog/feed.{kind}", if_modified_since="yesterday")

    assert parsedate_to_datetime(first.headers["last-modified"]).tzinfo is not None
    assert (by_tag.status, by_date.status) == (304, 304)
    assert by_tag.answer.content == by_date.answer.content == b""
    assert both.status == 200
    assert odd.status == 200


async def test_drafts_pages_and_unknown_tags_are_in_no_feed(owner: Browser, visitor: Browser, anna: Site) -> None:
    draft = await write(owner, intent="save")
    async with anna.client(Role.OWNER) as client:
        page = (await client.post("/api/v1/pages", json={"title": f"Page {token_hex(4)}", "body": "x"})).json()
        await client.put(f"/api/v1/pages/{page['id']}/publication", headers={"if-match": "*"})
    text = (await visitor.get("/blog/feed.json")).answer.text

    assert draft.title not in text
    assert page["title"] not in text
    assert (await visitor.get("/blog/tags/nobody-uses-this/feed.atom")).status == 404


async def test_characters_that_xml_cannot_hold_do_not_break_a_feed(visitor: Browser, anna: Site) -> None:
    await made_post(anna, title="A\x0b\ufffeB]]>", body="C\x0c\x1bD & <b>", is_public=True)

    feed = ElementTree.fromstring((await visitor.get("/blog/feed.atom")).answer.text)

    assert "AB]]>" in [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


async def test_translations_are_told_to_engines_and_feeds_hold_one_language(visitor: Browser, anna: Site) -> None:
    english = await made_post(anna, is_public=True)
    russian = await made_post(anna, is_public=True, lang="ru", translation_of=english.id)
    names = english.shown["title"], russian.shown["title"]
    sitemap = (await visitor.get("/sitemap.xml")).answer.text

    for made, lang in ((english, "en"), (russian, "ru")):
        url = f"{anna.url}/blog/{made.shown['slug']}"
        assert sitemap.count(f'hreflang="{lang}" href="{url}"') == 2
        assert f"<loc>{url}</loc>" in sitemap
    all_titles = [item["title"] for item in (await visitor.get("/blog/feed.json")).answer.json()["items"]]
    in_russian = (await visitor.get("/blog/feed.json?lang=ru")).answer.json()
    assert names[0] in all_titles
    assert names[1] not in all_titles
    assert names[1] in [item["title"] for item in in_russian["items"]]
    assert {item["language"] for item in in_russian["items"]} == {"ru"}
    assert in_russian["language"] == "ru"


async def test_the_sitemap_says_when_a_text_changed(visitor: Browser, anna: Site) -> None:
    made = await made_post(anna, is_public=True)
    root = ElementTree.fromstring((await visitor.get("/sitemap.xml")).answer.text)

    changed = {entry.findtext(f"{MAP}loc"): entry.findtext(f"{MAP}lastmod") for entry in root}
    assert changed[made.shown["url"]] == made.shown["updated_at"][:19] + "Z"


async def test_a_share_image_is_there_for_what_can_be_read(visitor: Browser, anna: Site) -> None:
    public, hidden = await made_post(anna, is_public=True), await made_post(anna)
    image = await visitor.get(f"/share/post/{public.shown['slug']}.png")

    assert image.answer.headers["content-type"] == "image/png"
    assert image.answer.content.startswith(b"\x89PNG")
    again = await visitor.get(f"/share/post/{public.shown['slug']}.png", if_none_match=image.answer.headers["etag"])
    assert again.status == 304
    for path in (f"post/{hidden.shown['slug']}.png", f"post/{public.shown['slug']}.jpg", "sheet/x.png", "page/x.png"):
        assert (await visitor.get(f"/share/{path}")).status == 404


async def test_what_is_thrown_away_leaves_the_feed(anna: Site) -> None:
    made = await made_post(anna, is_public=True)
    async with anna.client(Role.OWNER) as client:
        await client.delete(f"{POSTS}/{made.id}")
    async with anna.client() as visitor:
        assert made.shown["title"] not in (await visitor.get("/blog/feed.json")).text


async def test_programs_find_the_feeds_and_engines_the_rest_in_the_head(visitor: Browser, anna: Site) -> None:
    tag = f"tag{token_hex(4)}"
    made = await made_post(
        anna, is_public=True, tags=[tag], description="Short </script> & sweet", meta_title="For engines"
    )
    russian = await made_post(anna, is_public=True, lang="ru", translation_of=made.id)
    page = await visitor.get(f"/blog/{made.shown['slug']}")
    head = page.one("head")

    told = {
        node.attributes.get("property") or node.attributes.get("name"): node.attributes.get("content")
        for node in head.css("meta")
    }
    links = {
        (node.attributes.get("rel"), node.attributes.get("hreflang")): node.attributes.get("href")
        for node in head.css("link")
    }
    assert told["og:title"] == "For engines"
    assert told["description"] == told["og:description"] == "Short </script> & sweet"
    assert told["og:image"] == f"{anna.url}/share/post/{made.shown['slug']}.png"
    assert told["article:tag"] == tag
    assert links["canonical", None] == told["og:url"] == made.shown["url"]
    assert links["alternate", "ru"] == russian.shown["url"]
    assert links["alternate", "en"] == made.shown["url"]
    data = json.loads(page.one("script[type='application/ld+json']").text())
    assert (data["@type"], data["description"], data["keywords"]) == ("BlogPosting", "Short </script> & sweet", [tag])
    assert data["author"]["name"] == made.shown["author"]["name"]
    assert head.css("link[type='application/atom+xml'][href='/blog/feed.atom']")
    listed = await visitor.get(f"/blog/tags/{tag}")
    assert listed.has(f"head link[type='application/atom+xml'][href='/blog/tags/{tag}/feed.atom']")
    assert (await visitor.get("/blog?q=x")).has("meta[name=robots][content=noindex]")


async def test_what_was_first_elsewhere_names_that_place_and_is_not_in_the_sitemap(
    visitor: Browser, anna: Site
) -> None:
    elsewhere = "https://elsewhere.example/first"
    made = await made_post(anna, is_public=True, canonical_url=elsewhere)
    page = await visitor.get(f"/blog/{made.shown['slug']}")

    assert page.one("link[rel=canonical]").attributes["href"] == elsewhere
    assert made.shown["url"] not in (await visitor.get("/sitemap.xml")).answer.text
