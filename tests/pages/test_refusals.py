"""Whoever may not, cannot: each page of the desk and each of its buttons."""

import pytest
from litestar.routes import HTTPRoute

from core.blog.use_cases.list_posts import ListPosts
from core.errors import Unavailable
from core.identity import Role
from core.media.use_cases.upload_media import UploadMedia
from core.profile import TenantProfiles
from tests.api.house import House, Site
from tests.pages.browser import Browser
from tests.pages.conftest import SignedIn
from tests.pages.posts import write

DESK_GETS = ("/admin", "/admin/blog", "/admin/blog/new", "/admin/media", "/admin/settings", "/admin/trash")


def page_routes(house: House) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for route in house.app.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith("/api"):
            path = "/".join(part if isinstance(part, str) else "x" for part in ["", *route.path_components])
            found += [(str(method), path) for method in route.methods if method != "OPTIONS"]
    return found


async def test_every_route_is_unknown_at_an_unknown_host(house: House, anna: Site) -> None:
    browser = Browser(anna)
    routes = page_routes(house)
    assert len(routes) > 30
    for method, path in routes:
        answer = await browser.client.request(method, path, headers={"host": "unknown.example"})
        assert answer.status_code == 421, path
        assert "set-cookie" not in answer.headers


async def test_visitors_are_led_to_the_door_from_every_page_of_the_desk(house: House, visitor: Browser) -> None:
    for method, path in page_routes(house):
        if not path.startswith("/admin"):
            continue
        answer = await visitor.client.request(method, path)
        if method == "GET":
            assert (answer.status_code, answer.headers["location"][:12]) == (303, "/login?next="), path
        else:
            assert answer.status_code == 401, path


async def test_htmx_leads_the_whole_page_to_the_door(visitor: Browser) -> None:
    answer = await visitor.fragment("/admin/blog?q=x")
    assert answer.status == 401
    assert answer.answer.headers["hx-redirect"] == "/login?next=%2Fadmin%2Fblog%3Fq%3Dx"


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        (Role.VIEWER, {"/admin/blog/new", "/admin/settings"}),
        (Role.CONTRIBUTOR, {"/admin/settings"}),
        (Role.AUTHOR, {"/admin/settings"}),
        (Role.MODERATOR, {"/admin/blog", "/admin/blog/new", "/admin/settings", "/admin/trash"}),
        (Role.EDITOR, {"/admin/settings"}),
        (Role.OWNER, set()),
    ],
)
async def test_each_role_opens_what_it_may(signed_in: SignedIn, anna: Site, role: Role, refused: set[str]) -> None:
    browser = await signed_in(anna, role)
    statuses = {path: (await browser.get(path)).status for path in DESK_GETS}
    assert {path for path, status in statuses.items() if status == 403} == refused
    assert {status for path, status in statuses.items() if path not in refused} == {200}
    offered = {str(node.attributes["href"]) for node in (await browser.get("/admin")).tree.css(".rail a")}
    assert not offered & refused


async def test_a_viewer_changes_nothing(signed_in: SignedIn, owner: Browser, anna: Site, visitor: Browser) -> None:
    post = await write(owner)
    viewer = await signed_in(anna, Role.VIEWER)
    token = await viewer.token()
    assert (await viewer.get(post.edit_url)).status == 403
    for action in ("", "/publication", "/withdrawal", "/trash"):
        fields = {"csrf_token": token, "title": "Taken over", "body": "x", "lang": "en"}
        assert (await viewer.post(f"/admin/blog/{post.id}{action}", fields)).status == 403
    assert (await viewer.post("/admin/settings", {"csrf_token": token, "title": "Mine"})).status == 403
    assert (await visitor.get(post.url)).one("h1").text() == post.title


async def test_a_refusal_is_a_page_with_ways_on(signed_in: SignedIn, anna: Site) -> None:
    page = await (await signed_in(anna, Role.EDITOR)).get("/admin/settings")
    assert page.one("h1").text() == "This is not yours to do"
    assert page.has(".trouble-ways a[href='/admin']")


async def test_damaged_input_is_told_so(owner: Browser) -> None:
    token = await owner.token()
    assert (await owner.post("/admin/blog", {"csrf_token": token, "title": "a\x00b", "lang": "en"})).status == 400
    assert (await owner.post("/admin/blog", {"csrf_token": token, "version": "x", "lang": "en"})).status == 400
    broken = await owner.client.post(
        "/admin/media", content=b"--x\r\nbroken", headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert broken.status_code in (400, 403)


async def test_what_is_not_there_is_not_there_for_the_owner_either(owner: Browser) -> None:
    for path in ("/admin/blog/none/edit", "/admin/blog/none/preview", "/admin/media/none/edit", "/media/none"):
        assert (await owner.get(path)).status == 404


async def test_what_is_too_large_is_told_so(owner: Browser) -> None:
    token = await owner.token()
    huge = "x" * (33 * 1024 * 1024)
    answer = await owner.post("/admin/blog", {"csrf_token": token, "body": huge, "lang": "en"}, x_csrf_token=token)
    assert answer.status == 413
    assert answer.one("h1").text() == "That is too large"
    file = {"file": ("x.png", huge.encode(), "image/png")}
    told = await owner.post("/admin/media", {}, files=file, x_csrf_token=token, accept="application/json")
    assert told.status == 413
    assert told.answer.json()["detail"]


async def test_a_mistake_of_ours_is_told_with_its_id_and_nothing_more(
    visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(ListPosts, "__call__", broken)
    page = await visitor.get("/blog")
    assert page.status == 500
    assert page.one("h1").text() == "Something broke on our side"
    assert page.answer.headers["x-request-id"] in page.answer.text
    assert "secret" not in page.answer.text
    assert page.answer.headers["cache-control"] == "private, no-store"


async def test_when_the_site_itself_cannot_be_asked_there_is_still_a_page(
    house: House, visitor: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def silent(*_: object, **__: object) -> None:
        raise Unavailable

    profiles = await house.container.get(TenantProfiles)
    monkeypatch.setattr(type(profiles), "get", silent)
    page = await visitor.get("/", accept_language="ru")
    assert page.status == 503
    assert page.answer.headers["retry-after"] == "5"
    assert page.one("h1").text() == "Небольшая пауза"
    assert (await visitor.get("/theme.0a1b.css")).status == 503


async def test_what_anna_holds_opens_nothing_at_boris(
    house: House, signed_in: SignedIn, anna: Site, boris: Site
) -> None:
    owner = await signed_in(anna, Role.OWNER)
    held = {
        "cookie": "; ".join(f"{name}={value}" for name, value in owner.client.cookies.items()),
        "x-csrf-token": await owner.token(),
        "authorization": f"Bearer {anna.tokens[Role.OWNER]}",
    }
    stranger = Browser(boris)
    for method, path in page_routes(house):
        answer = await stranger.client.request(method, path, headers=held)
        if path.startswith("/admin"):
            assert answer.status_code in (303, 401), path
            assert answer.headers.get("location", "/login").startswith("/login"), path
        elif method != "GET":
            assert answer.status_code == 403, path
        else:
            assert "/admin" not in answer.text.replace("Disallow: /admin", ""), path
            assert "Sign out" not in answer.text, path


async def test_a_silent_store_is_said_beside_the_form(owner: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(*_: object, **__: object) -> None:
        raise Unavailable

    page = await owner.get("/admin/media")
    monkeypatch.setattr(UploadMedia, "__call__", silent)
    file = {"file": ("x.png", b"x", "image/png")}
    refused = await owner.submit(page, "form#upload", files=file, alt="Kept")
    assert refused.status == 503
    assert refused.answer.headers["retry-after"] == "5"
    assert "not available" in refused.one("#upload-error").text()
    assert refused.one("#f-alt").attributes["value"] == "Kept"
    told = await owner.post("/admin/media", {"csrf_token": await owner.token()}, files=file, accept="application/json")
    assert (told.status, told.answer.headers["retry-after"]) == (503, "5")


async def test_another_sites_things_are_not_there(signed_in: SignedIn, owner: Browser, boris: Site) -> None:
    post = await write(owner)
    stranger = await signed_in(boris, Role.OWNER)
    token = await stranger.token()
    assert (await stranger.get(post.edit_url)).status == 404
    assert (await stranger.get(f"/admin/blog/{post.id}/preview")).status == 404
    for action in ("", "/publication", "/withdrawal", "/trash"):
        fields = {"csrf_token": token, "title": "Taken over", "body": "x", "lang": "ru"}
        assert (await stranger.post(f"/admin/blog/{post.id}{action}", fields)).status == 404
    assert (await stranger.post(f"/admin/trash/{post.id}/restoration", {"csrf_token": token})).status == 404
