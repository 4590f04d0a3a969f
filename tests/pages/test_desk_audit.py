"""The log at the desk."""

from sqlalchemy.ext.asyncio import AsyncEngine

from core.identity import Role
from tests.api.house import House, Site
from tests.fixtures.statements import statements
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import write

AUDIT = "/admin/audit"


async def test_the_owner_reads_who_did_what_and_looks_for_more_of_it(owner: Browser) -> None:
    post = await write(owner, title="A line in the log")
    await owner.get(post.url)

    page = await owner.get(f"{AUDIT}?action=post.publish&outcome=done")
    newest = f"#{page.one('.log-line:first-child').attributes['id']}"
    assert page.texts(f"{newest} .log-what") == ["Text published: A line in the log"]
    assert page.texts(f"{newest} .log-changes dd")[0].split() == ["Draft", "→", "Published"]
    about = await owner.get(str(page.one(f"{newest} .log-what a").attributes["href"]))
    assert about.texts(".log-what a") == ["A line in the log"]
    who = await owner.get(str(page.one(f"{newest} .item-meta a").attributes["href"]))
    assert who.texts("#person option[selected]") == page.texts(f"{newest} .item-meta a")


async def test_refusals_say_why(owner: Browser, anna: Site, signed_in: SignedIn) -> None:
    author = await signed_in(anna, Role.AUTHOR)
    assert (await author.get("/admin/settings")).status == 403

    page = await owner.get(f"{AUDIT}?outcome=refused&action=site.edit")
    assert page.texts(".is-refused .log-what")[0] == "Refused: “Change the site's settings”"
    assert page.texts(".is-refused .log-reason")[0] == "The role does not allow it."


async def test_a_filter_swaps_the_list_alone_and_nonsense_is_no_filter(owner: Browser) -> None:
    fragment = await owner.fragment(f"{AUDIT}?outcome=refused")
    nonsense = await owner.get(f"{AUDIT}?since=soon&until=0001-01-01&action=x&outcome=y&cursor=z")
    nothing = await owner.get(f"{AUDIT}?person=nobody")

    assert (fragment.texts("h1"), fragment.one("#log").tag) == ([], "div")
    assert (nonsense.status, nonsense.one("#since").attributes.get("value") or "") == (200, "")
    assert nothing.one(".empty").text(strip=True) == "Nothing like that is in the log."


async def test_it_is_taken_along_as_it_was_found(owner: Browser) -> None:
    await write(owner, title="Taken along")
    page = await owner.get(f"{AUDIT}?action=post.publish")
    ways = [str(node.attributes["href"]) for node in page.tree.css(".log-exports a")]
    table, lines = [await owner.client.get(way) for way in ways]

    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Text published,Taken along," in table.text
    assert all('"action": "post.publish"' in line for line in lines.text.splitlines())


async def test_how_long_it_is_kept_comes_back_as_it_was_typed(owner: Browser) -> None:
    page = await owner.get(AUDIT)
    short = await owner.submit(page, ".log-keeping form", days="7")
    words = await owner.submit(page, ".log-keeping form", days="a year")
    saved = await owner.submit(page, ".log-keeping form", days="400")

    assert (short.status, short.one("#f-days").attributes["value"]) == (422, "7")
    assert short.one(".field-error").text() == "Please choose between 30 and 3650 days."
    assert (words.status, saved.location) == (422, AUDIT)
    assert (await owner.get(AUDIT)).one("#f-days").attributes["value"] == "400"


async def test_only_the_owner_is_offered_the_log(anna: Site, signed_in: SignedIn) -> None:
    editor = await signed_in(anna, Role.EDITOR)

    assert f'href="{AUDIT}"' not in (await editor.get("/admin")).answer.text
    assert (await editor.get(AUDIT)).status == 403
    assert (await editor.get(f"{AUDIT}/export")).status == 403


async def test_the_log_costs_the_same_few_statements_however_long_it_is(house: House, owner: Browser) -> None:
    for path in (AUDIT, f"{AUDIT}?action=post.publish&outcome=done&since=2026-01-01"):
        with statements(await house.container.get(AsyncEngine)) as sent:
            assert (await owner.get(path)).status == 200
        assert len([statement for statement in sent if not statement.startswith("BEGIN")]) == 5
