"""Forms are taken from our own pages only."""

import pytest

from core.identity import Role
from tests.api.house import PASSWORD, Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import write


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://boris.localhost"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
async def test_what_another_site_sends_is_refused_whatever_it_holds(owner: Browser, headers: dict[str, str]) -> None:
    fields = {"csrf_token": await owner.token(), "title": "Forged", "lang": "en"}
    answer = await owner.post("/admin/blog", fields, **headers)
    assert answer.status == 403
    assert not answer.has("textarea[name=title]")
    assert "Forged" not in (await owner.get("/admin/blog")).answer.text


async def test_the_scheme_belongs_to_the_origin(owner: Browser) -> None:
    origin = owner.site.url.replace("http:", "https:")
    answer = await owner.post("/admin/blog", {"csrf_token": await owner.token(), "lang": "en"}, origin=origin)
    assert answer.status == 403


async def test_without_the_headers_the_token_alone_decides(owner: Browser) -> None:
    fields = {"csrf_token": await owner.token(), "title": "By an old browser", "lang": "en"}
    assert (await owner.post("/admin/blog", fields)).status == 303
    assert (await owner.post("/admin/blog", {**fields, "csrf_token": "x"})).status == 403
    assert (await owner.post("/admin/blog", {"title": "None", "lang": "en"})).status == 403


async def test_htmx_sends_the_token_in_a_header(owner: Browser) -> None:
    token = await owner.token()
    good = await owner.post("/admin/blog/preview", {"body": "*x*"}, hx_request="true", x_csrf_token=token)
    assert good.status == 200
    bad = await owner.post("/admin/blog/preview", {"body": "*x*"}, hx_request="true", x_csrf_token="x")
    assert bad.status == 403
    assert bad.has(".alert")
    assert bad.answer.headers["hx-retarget"] == "#trouble"


async def test_a_token_of_another_person_or_site_is_worth_nothing(
    signed_in: SignedIn, owner: Browser, anna: Site, boris: Site
) -> None:
    editor, elsewhere = await signed_in(anna, Role.EDITOR), await signed_in(boris, Role.OWNER)
    visitor = Browser(anna)
    page = await visitor.get("/login")
    tokens = [await editor.token(), await elsewhere.token(), page.form("form.stack")[1]["csrf_token"]]
    for token in tokens:
        assert (await owner.post("/admin/blog", {"csrf_token": token, "lang": "en"})).status == 403


async def test_the_door_needs_a_proof_too(anna: Site, boris: Site) -> None:
    typed = {"email": anna.email(Role.OWNER), "password": PASSWORD}
    one, other = Browser(anna), Browser(anna)
    token = (await one.get("/login")).form("form.stack")[1]["csrf_token"]
    await other.get("/login")
    assert (await other.post("/login", {**typed, "csrf_token": token})).status == 403
    assert (await Browser(anna).post("/login", {**typed, "csrf_token": token})).status == 403
    assert (await one.post("/login", {**typed, "csrf_token": token}, origin=boris.url)).status == 403
    assert (await one.post("/login", {**typed, "csrf_token": token})).status == 303


async def test_the_form_cookie_is_set_by_pages_with_a_form_only(anna: Site) -> None:
    browser = Browser(anna)
    page = await browser.get("/login")
    assert page.answer.headers["set-cookie"].startswith("terrace-form=")
    assert page.answer.headers["cache-control"] == "private, no-store"
    assert "set-cookie" not in (await browser.get("/login")).answer.headers


async def test_signing_out_cannot_be_forged(owner: Browser) -> None:
    assert (await owner.post("/logout", {})).status == 403
    assert (await owner.get("/admin")).status == 200


async def test_an_outdated_form_comes_back_with_all_that_was_typed(owner: Browser) -> None:
    post = await write(owner, intent="save")
    typed = {"title": "Long work", "body": "\nline\n  <b>\n", "lang": "en", "version": "1", "csrf_token": "old"}
    page = await owner.post(f"/admin/blog/{post.id}", typed, origin=owner.site.url)
    assert page.status == 403
    saved = await owner.press(page, "form.stack")
    assert saved.one("#f-title").attributes["value"] == "Long work"
    assert saved.form("form.editor")[1]["body"] == "\nline\n  <b>\n"


async def test_passwords_are_not_given_back(visitor: Browser) -> None:
    typed = {"email": "a@b.example", "password": PASSWORD, "csrf_token": "old"}
    page = await visitor.post("/login", typed, origin=visitor.site.url)
    assert page.status == 403
    assert PASSWORD not in page.answer.text
    assert page.form("form.stack")[1]["email"] == "a@b.example"


async def test_a_session_that_ended_meanwhile_loses_no_word(visitor: Browser) -> None:
    typed = {"title": "Long work", "body": "words", "csrf_token": "old"}
    page = await visitor.post("/admin/blog", typed, origin=visitor.site.url)
    assert page.status == 401
    assert page.form("form.stack")[1]["body"] == "words"
