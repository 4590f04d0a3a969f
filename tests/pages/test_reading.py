"""What visitors read."""

import gzip
from secrets import token_hex

import pytest

from tests.api.house import Site
from tests.pages.browser import Browser
from tests.pages.posts import write

READING = ("/", "/blog", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt")


async def test_home_shows_who_and_the_latest_posts(owner: Browser, visitor: Browser) -> None:
    post = await write(owner)
    home = await visitor.get("/")
    assert home.status == 200
    assert home.one("h1").text() == "Anna"
    assert home.has(".about strong")
    assert post.title in home.texts(".latest .entry-title")


async def test_a_post_is_read_as_it_was_written(owner: Browser, visitor: Browser) -> None:
    body = "## One\n\ntext\n\n## Two\n\n### Three\n\nend"
    post = await write(owner, body=body, tags="SQL, queue", description="In short.")
    page = await visitor.get(post.url)
    assert page.status == 200
    assert page.one("h1").text() == post.title
    assert page.one(".lead").text() == "In short."
    assert page.texts(".tags a") == ["sql", "queue"]
    assert page.texts(".toc li") == ["One", "Two", "Three"]
    assert page.has(".prose[hx-disable][data-disable-scripting] h2")
    assert not page.has("a[href$='/edit']")
    assert (await owner.get(post.url)).has(f"a[href='{post.edit_url}']")


async def test_what_is_not_public_is_not_there(owner: Browser, visitor: Browser) -> None:
    draft = await write(owner, intent="save")
    assert (await visitor.get(draft.url)).status == 404
    assert draft.title not in (await visitor.get("/blog")).answer.text
    assert draft.url not in (await visitor.get("/sitemap.xml")).answer.text


async def test_search_finds_and_says_how_many(owner: Browser, visitor: Browser) -> None:
    word = f"w{token_hex(6)}"
    post = await write(owner, body=f"About {word}.")
    found = await visitor.get(f"/blog?q={word}&utm_source=x")
    assert found.texts(".entry-title") == [post.title]
    assert found.one("#q").attributes["value"] == word
    nothing = await visitor.get("/blog?q=nobody-wrote-this")
    assert "nobody-wrote-this" in nothing.one(".empty").text()


async def test_htmx_gets_the_very_partial_that_the_page_includes(owner: Browser, visitor: Browser) -> None:
    await write(owner)
    page, part = await visitor.get("/blog"), await visitor.fragment("/blog")
    assert part.one("#posts").html == page.one("#posts").html
    assert not part.has("header")
    assert "HX-Request" in part.answer.headers["vary"]
    restored = await visitor.fragment("/blog", hx_history_restore_request="true")
    assert restored.has("header.masthead")


async def test_tags_have_a_list_of_their_own(owner: Browser, visitor: Browser) -> None:
    tag = f"t{token_hex(4)}"
    post = await write(owner, tags=tag)
    page = await visitor.get(f"/blog/tags/{tag}")
    assert page.texts(".entry-title") == [post.title]
    assert tag in page.one("h1").text()
    assert page.one("link[rel=canonical]").attributes["href"] == f"{visitor.site.url}/blog/tags/{tag}"


async def test_a_tag_that_no_post_has_is_no_page(visitor: Browser) -> None:
    assert (await visitor.get("/blog/tags/nobody-has-it")).status == 404


async def test_pages_are_leafed_through_and_end(owner: Browser, visitor: Browser) -> None:
    word = f"w{token_hex(6)}"
    for _ in range(11):
        await write(owner, body=f"About {word}.", tags=word)
    for path, joined in ((f"/blog?q={word}", "&"), (f"/blog/tags/{word}", "?")):
        first = await visitor.get(path)
        assert len(first.texts(".entry-title")) == 10
        second = await visitor.get(str(first.one("a[rel=next]").attributes["href"]))
        assert len(second.texts(".entry-title")) == 1
        assert second.one("a[rel=prev]").attributes["href"] == path
        for number in ("3", "0", "x", "-1", "99999999999999999999"):
            assert (await visitor.get(f"{path}{joined}page={number}")).status == 404
    last = await visitor.get(f"/blog/tags/{word}?page=2")
    assert str(last.one("link[rel=canonical]").attributes["href"]).endswith(f"/blog/tags/{word}?page=2")


@pytest.mark.parametrize("path", READING)
async def test_an_unchanged_page_is_not_sent_again(visitor: Browser, path: str) -> None:
    first = await visitor.get(path)
    tag = first.answer.headers["etag"]
    assert first.answer.headers["cache-control"] == "no-cache"
    again = await visitor.get(path, if_none_match=f'"other", W/{tag}')
    assert again.status == 304
    assert again.answer.content == b""
    assert again.answer.headers["etag"] == tag


async def test_packed_and_plain_are_two_representations(visitor: Browser) -> None:
    plain = await visitor.get("/blog", accept_encoding="identity")
    packed = await visitor.get("/blog", accept_encoding="br, gzip;q=0.5")
    assert "content-encoding" not in plain.answer.headers
    assert packed.answer.headers["content-encoding"] == "gzip"
    assert packed.answer.headers["etag"] != plain.answer.headers["etag"]
    assert packed.answer.text == plain.answer.text
    assert len(gzip.compress(plain.answer.content, 6)) == int(packed.answer.headers["content-length"])


async def test_what_only_a_member_sees_is_never_stored_nor_packed(owner: Browser) -> None:
    page = await owner.get("/blog", accept_encoding="gzip")
    assert page.answer.headers["cache-control"] == "private, no-store"
    assert "etag" not in page.answer.headers
    assert "content-encoding" not in page.answer.headers


async def test_visitors_get_no_cookie_where_they_find_no_form(visitor: Browser) -> None:
    for path in (*READING, "/nowhere"):
        assert "set-cookie" not in (await visitor.get(path)).answer.headers


@pytest.mark.parametrize("path", [*READING, "/login", "/nowhere"])
async def test_head_says_what_get_says(visitor: Browser, path: str) -> None:
    got, headed = await visitor.get(path), await visitor.client.head(path)
    assert headed.status_code == got.status
    assert headed.content == b""
    assert headed.headers["content-length"] == got.answer.headers["content-length"]
    assert headed.headers.get("etag") == got.answer.headers.get("etag")


async def test_a_wrong_method_is_told_the_right_ones(visitor: Browser) -> None:
    answer = await visitor.client.delete("/blog")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["allow"].split(", "))
    assert (await visitor.client.post("/nowhere")).status_code == 404


async def test_nothing_here_offers_ways_on(visitor: Browser) -> None:
    page = await visitor.get("/nowhere")
    assert page.status == 404
    assert page.has("form[role=search]")
    assert page.answer.headers["x-request-id"] in page.answer.text


async def test_security_txt_names_a_contact_and_expires(visitor: Browser) -> None:
    text = (await visitor.get("/.well-known/security.txt")).answer.text
    assert f"Contact: {visitor.site.url}/\n" in text
    assert "Expires: 20" in text
    assert f"Canonical: {visitor.site.url}/.well-known/security.txt\n" in text


async def test_robots_are_told_of_the_sitemap(visitor: Browser) -> None:
    text = (await visitor.get("/robots.txt")).answer.text
    assert "Disallow: /admin\n" in text
    assert f"Sitemap: {visitor.site.url}/sitemap.xml\n" in text


async def test_each_site_speaks_its_own_language(boris: Site) -> None:
    page = await Browser(boris).get("/blog")
    assert page.one("html").attributes["lang"] == "ru"
    assert page.one("h1").text() == "Блог"
    lost = await Browser(boris).get("/nowhere")
    assert lost.one("h1").text() == "Здесь ничего нет"


async def test_equal_addresses_lead_to_different_posts(owner: Browser, boris: Site) -> None:
    post = await write(owner)
    assert (await Browser(boris).get(post.url)).status == 404


async def test_every_answer_is_careful(visitor: Browser) -> None:
    for path in ("/", "/nowhere", "/login", "/admin", "/static/nothing.css"):
        headers = (await visitor.get(path)).answer.headers
        assert "script-src 'self' 'sha256-" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-request-id"]


async def test_every_file_that_a_page_names_is_there(visitor: Browser) -> None:
    page = await visitor.get("/")
    names = [node.attributes["href"] for node in page.tree.css("link[rel=stylesheet], link[rel=preload]")]
    names += [node.attributes["src"] for node in page.tree.css("script[src]")]
    assert len(names) > 5
    for name in names:
        file = await visitor.get(str(name))
        assert file.status == 200, name
        assert "immutable" in file.answer.headers["cache-control"]
