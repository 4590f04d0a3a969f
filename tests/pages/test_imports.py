"""The desk's imports: all of it with plain forms."""

from collections.abc import AsyncIterator
from secrets import token_hex

import pytest

from core.identity import Role
from tests.api.house import House, Site
from tests.api.imports import archive, cancel_open, let_runner_work
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

PAGE = "/admin/import"
UPLOAD = f"form[action='{PAGE}']"


@pytest.fixture(autouse=True)
async def nothing_open(anna: Site) -> AsyncIterator[None]:
    yield
    await cancel_open(anna)


async def uploaded(owner: Browser, content: bytes, *, name: str = "old.zip") -> str:
    """The address of the import's page."""
    answer = await owner.submit(await owner.get(PAGE), UPLOAD, files={"archive": (name, content)})
    assert answer.status == 303, answer.answer.text
    return answer.location


def totals(page: Shown) -> list[str]:
    return page.texts(".import-totals dd")


async def test_an_owner_brings_texts_in(house: House, owner: Browser) -> None:
    word = token_hex(4)
    one = await uploaded(owner, archive(f"first-{word}", f"second-{word}", extra="<script>alert(1)</script>"))
    looking = await owner.get(one)
    assert looking.has("#import-progress[hx-trigger='every 1s']")
    assert looking.one(f".import-actions a[href='{one}']").text() == "Look again"
    await let_runner_work(house)
    ready = await owner.get(one)

    assert totals(ready) == ["3", "2", "0", "1", "0"]
    assert not ready.has("#main [hx-trigger]")
    assert ready.texts(".report-title") == [f"First-{word.title()}", f"Second-{word.title()}"]
    assert len(ready.texts(".report tbody tr")) == 3
    filtered = await owner.get(f"{one}?outcome=skipped")
    assert [text.split(" ")[-1] for text in filtered.texts(".report-source")] == ["blog/other.rst"]
    assert filtered.texts(".paths a[aria-current]") == ["Stays behind 1"]

    running = await owner.press(ready, f"form[action='{one}/confirmation']")
    assert (totals(running)[1], running.has("#import-progress[hx-trigger]")) == ("0", True)
    await let_runner_work(house)
    done = await owner.get(one)
    assert totals(done) == ["3", "2", "0", "1", "0"]
    assert not done.has(".import-actions")
    assert (await owner.get(f"/blog/first-{word}")).status == 200
    listed = await owner.get(PAGE)
    assert one in [node.attributes["href"] for node in listed.tree.css(".item-title a")]


async def test_the_same_again_is_over_without_a_question(house: House, owner: Browser) -> None:
    same = archive(f"post-{token_hex(4)}", extra="![A cat](cat.png)")
    first = await uploaded(owner, same)
    await let_runner_work(house)
    ready = await owner.get(first)
    assert [note.count("cat.png") for note in ready.texts(".report-notes li") if "cat.png" in note] == [1]
    await owner.press(ready, f"form[action='{first}/confirmation']")
    await let_runner_work(house)
    second = await uploaded(owner, same)
    await let_runner_work(house)
    over = await owner.get(second)

    assert totals(over)[:3] == [totals(over)[0], "0", "1"]
    assert "There is nothing new in it." in over.texts("#import-progress p")
    assert not over.has(".import-actions")
    assert (await owner.get(PAGE)).has("form.upload")


async def test_the_page_looks_again_by_itself_and_is_loaded_anew_when_there_is_more_to_see(
    house: House, owner: Browser
) -> None:
    one = await uploaded(owner, archive(f"post-{token_hex(4)}"))
    during = await owner.fragment(one)
    await let_runner_work(house)
    after = await owner.fragment(one)

    assert (during.has("#import-progress[hx-get]"), during.has("h1")) == (True, False)
    assert "hx-refresh" not in during.answer.headers
    assert after.answer.headers["hx-refresh"] == "true"


async def test_another_archive_waits_for_the_first(house: House, owner: Browser) -> None:
    form = await owner.get(PAGE)
    one = await uploaded(owner, archive(f"post-{token_hex(4)}"))
    refused = await owner.submit(form, UPLOAD, files={"archive": ("b.zip", b"x")})

    assert refused.status == 409
    assert "One at a time" in refused.one(".alert[role=alert]").text()
    assert refused.one("main a.btn-primary").attributes["href"] == one
    early = await owner.post(f"{one}/confirmation", {"csrf_token": await owner.token()}, origin=owner.site.url)
    assert (early.status, early.one(".alert[role=alert]").text()[:11]) == (409, "The archive")
    cancelled = await owner.press(await owner.get(one), f"form[action='{one}/cancellation']")
    assert "It was stopped" in cancelled.one("#import-progress").text()
    assert (await owner.get(PAGE)).has(UPLOAD)


async def test_without_an_archive_the_form_comes_back(owner: Browser) -> None:
    page = await owner.get(PAGE)
    empty = await owner.submit(page, UPLOAD, files={"archive": ("", b"")}, format="ghost")
    odd = await owner.submit(page, UPLOAD, files={"archive": ("a.zip", b"x")}, format="tumblr")

    assert (empty.status, odd.status) == (422, 422)
    assert "Please choose the archive" in empty.one("#f-archive-error").text()
    assert empty.one("#f-format option[selected]").attributes["value"] == "ghost"
    assert odd.has("#f-format-error")


@pytest.mark.parametrize("path", [f"{PAGE}/{'0' * 32}", f"{PAGE}?cursor=x", f"{PAGE}/{'0' * 32}?after=x"])
async def test_what_never_was_is_not_found(owner: Browser, path: str) -> None:
    assert (await owner.get(path)).status in (404, 422)


async def test_it_is_linked_from_the_settings(owner: Browser) -> None:
    assert (await owner.get("/admin/settings")).has(f"a[href='{PAGE}']")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR])
async def test_nobody_else_sees_it_or_may_upload(signed_in: SignedIn, anna: Site, role: Role) -> None:
    browser = await signed_in(anna, role)
    sent = await browser.post(PAGE, {"csrf_token": await browser.token()}, files={"archive": ("a.zip", b"x")})

    assert (await browser.get(PAGE)).status == 403
    assert sent.status == 403
