"""Searching: ranked, with what was looked for marked, forgiving, harmless, letter by letter or as a plain form."""

from secrets import token_hex
from urllib.parse import quote

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post
from tests.pages.browser import Browser

HOSTILE = (
    "'",
    '"',
    "<script>alert(1)</script>",
    "a & b | !c",
    "\\",
    "%",
    "(((",
    "a:*b",
    "ё" * 300,
    "\u202e",
    "--",
    "*",
)


async def test_a_find_that_is_a_page_says_so(anna: Site, visitor: Browser) -> None:
    word = f"w{token_hex(6)}"
    await made_post(anna, is_public=True, body=f"The {word} of a post.")
    async with anna.client(Role.OWNER) as client:
        made = await client.post("/api/v1/pages", json={"title": f"About {word}", "body": "Some text."})
        await client.put(f"{made.headers['location']}/publication", headers={"if-match": made.headers["etag"]})
    page = await visitor.get(f"/blog?q={word}")

    assert [bool(node.css("time")) for node in page.tree.css(".entry-date")] == [False, True]
    assert page.tree.css(".entry-date")[0].text().strip() == "Page"


async def test_a_find_shows_where_the_words_stand(anna: Site, visitor: Browser) -> None:
    word = f"w{token_hex(6)}"
    in_text = await made_post(anna, is_public=True, body=f"A long way from here the {word} stands.")
    in_title = await made_post(anna, is_public=True, title=f"Of {word}", body="Nothing else.")
    page = await visitor.get(f"/blog?q={word}")

    assert page.texts(".entry-title") == [in_title.shown["title"], in_text.shown["title"]]
    assert page.texts(".entry-title mark") == [word]
    assert word in page.texts(".entry-lead mark")
    assert page.texts(".found") == ["2 texts found"]
    assert page.one("meta[name=robots]").attributes["content"] == "noindex"
    assert not page.has("link[rel=canonical]")
    assert not page.has(".archive")


async def test_a_slip_is_forgiven_and_told(anna: Site, visitor: Browser) -> None:
    word = "".join(chr(ord("a") + int(digit, 16)) for digit in token_hex(6))
    await made_post(anna, is_public=True, body=f"About the {word}.")
    slip = word[:5] + word[6:]
    page = await visitor.get(f"/blog?q={slip}")

    assert f"Nothing has “{slip}”. Showing what has “{word}”." in page.one(".found").text()
    assert page.has(".entry")


@pytest.mark.parametrize("text", HOSTILE)
async def test_whatever_is_typed_is_only_looked_for(visitor: Browser, text: str) -> None:
    for path in (f"/blog?q={quote(text)}", f"/blog?q={quote(text)}&page=1"):
        page = await visitor.get(path)
        assert page.status == 200
        assert not page.has("main script")
        assert page.one("#q").attributes["value"] == text.strip()[:200]


async def test_nothing_typed_is_the_list(anna: Site, visitor: Browser) -> None:
    await made_post(anna, is_public=True)
    assert (await visitor.get("/blog?q=%20%20")).has(".archive")


async def test_typing_takes_one_step_in_the_history(anna: Site, visitor: Browser) -> None:
    first = await visitor.fragment("/blog?q=wo", hx_current_url=f"{anna.url}/blog")
    more = await visitor.fragment("/blog?q=word", hx_current_url=f"{anna.url}/blog?q=wo")
    next_page = await visitor.fragment("/blog?q=word", hx_current_url=f"{anna.url}/blog?q=word&page=2")
    emptied = await visitor.fragment("/blog?q=", hx_current_url=f"{anna.url}/blog?q=word")
    odd = await visitor.fragment("/blog?q=word", hx_current_url="http://[")

    assert first.answer.headers["hx-push-url"] == "/blog?q=wo"
    assert more.answer.headers["hx-replace-url"] == "/blog?q=word"
    assert next_page.answer.headers["hx-push-url"] == "/blog?q=word"
    assert emptied.answer.headers["hx-replace-url"] == "/blog"
    assert odd.answer.headers["hx-push-url"] == "/blog?q=word"
    assert "HX-Current-URL" in first.answer.headers["vary"]


async def test_the_fragment_is_part_of_the_page_and_tells_how_many(anna: Site, visitor: Browser) -> None:
    word = f"w{token_hex(6)}"
    await made_post(anna, is_public=True, body=f"About {word}.")
    page, part = await visitor.get(f"/blog?q={word}"), await visitor.fragment(f"/blog?q={word}")

    assert part.one("#posts").html == page.one("#posts").html
    assert "1 text found" in str(part.one("#posts").attributes["data-announce"])


async def test_a_russian_site_answers_in_russian(boris: Site) -> None:
    browser = Browser(boris)
    await made_post(boris, is_public=True, lang="ru", body="Про самолётостроение.")
    page = await browser.get("/blog?q=самолетостроению")
    assert page.has(".entry mark")
    assert page.texts(".found") == ["Найден 1 текст"]
