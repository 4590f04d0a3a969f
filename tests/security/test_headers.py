"""What every answer says to browsers, whichever part of the house gives it."""

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from core.errors import Unavailable
from core.identity import Role
from tests.api.house import Site
from tests.http.wire import Wire
from tests.isolation.estate import Estate, Stay
from tests.isolation.routes import Belongings
from tests.pages.browser import Browser
from tests.security.rig import Rig, listening

SANE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
ANNA = "Host: anna.example"
EVENTS = re.compile(r"on[a-z]+")
ONCE = (
    "content-security-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
    "x-request-id",
    "strict-transport-security",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One kind of answer and how to get it."""

    name: str
    status: int
    path: str = "/"
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    role: Role | None = None


KINDS = [
    Asked(name="page", status=200),
    Asked(name="head", status=200, method="HEAD"),
    Asked(name="post", status=200, path="/blog/{slug}"),
    Asked(name="fragment", status=200, path="/blog", headers=(("hx-request", "true"),)),
    Asked(name="form", status=200, path="/login"),
    Asked(name="redirect of the desk", status=303, path="/admin"),
    Asked(name="needless slash", status=308, path="/blog/"),
    Asked(name="alias", status=308, headers=(("host", "www.anna.example"),)),
    Asked(name="bad request", status=400, path="/%00"),
    Asked(name="bad request of the API", status=400, path="/api/v1/posts?nonsense=1"),
    Asked(name="refused form", status=403, path="/logout", method="POST"),
    Asked(name="not found", status=404, path="/nothing"),
    Asked(name="not found in the API", status=404, path="/api/v1/nothing"),
    Asked(name="wrong method", status=405, path="/blog", method="DELETE"),
    Asked(name="options", status=204, path="/blog", method="OPTIONS"),
    Asked(name="unknown host", status=421, headers=(("host", "unknown.example"),)),
    Asked(name="unknown host of the API", status=421, path="/api/v1/posts", headers=(("host", "unknown.example"),)),
    Asked(name="alias of the API", status=421, path="/api/v1/x", method="PUT", headers=(("host", "www.anna.example"),)),
    Asked(name="picture", status=200, path="/media/{key}"),
    Asked(name="part of a picture", status=206, path="/media/{key}", headers=(("range", "bytes=0-3"),)),
    Asked(name="no such part", status=416, path="/media/{key}", headers=(("range", "bytes=999999-"),)),
    Asked(name="known picture", status=304, path="/media/{key}", headers=(("if-none-match", "*"),)),
    Asked(name="no picture", status=404, path="/media/none.webp"),
    Asked(name="known page", status=304, headers=(("if-none-match", "*"),)),
    Asked(name="no file", status=404, path="/static/none.css"),
    Asked(name="old theme", status=307, path="/theme.0.css"),
    Asked(name="robots", status=200, path="/robots.txt"),
    Asked(name="security.txt", status=200, path="/.well-known/security.txt"),
    Asked(name="sitemap", status=200, path="/sitemap.xml"),
    Asked(name="API", status=200, path="/api/v1/posts"),
    Asked(name="API as owner", status=200, path="/api/v1/whoami", role=Role.OWNER),
    Asked(name="known API", status=304, path="/api/v1/site", headers=(("if-none-match", "*"),)),
    Asked(name="API without a token", status=401, path="/api/v1/trash"),
    Asked(name="unknown type", status=415, path="/api/v1/posts", method="POST", role=Role.OWNER),
    Asked(name="documentation", status=200, path="/api/docs"),
    Asked(name="alive", status=200, path="/health/live"),
    Asked(name="ready", status=200, path="/health/ready"),
    Asked(name="no such probe", status=404, path="/health/none"),
]


def policy_of(answer: httpx.Response) -> dict[str, set[str]]:
    directives = [part.split() for part in answer.headers["content-security-policy"].split(";")]
    return {name: set(values) for name, *values in directives}


def is_guarded(answer: httpx.Response) -> None:
    names = [name.lower() for name, _ in answer.headers.raw]
    for name in ONCE:
        assert names.count(name.encode()) == 1, name
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert SANE_ID.fullmatch(answer.headers["x-request-id"])
    policy = policy_of(answer)
    assert policy["frame-ancestors"] == policy["default-src"] == {"'none'"}
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert "server" not in answer.headers


@pytest.fixture(scope="session")
async def owners_token(estate: Estate) -> str:
    return (await estate.stay()).access


@pytest.mark.parametrize("asked", KINDS, ids=lambda asked: asked.name)
async def test_every_kind_of_answer_is_guarded(anna: Site, things: Belongings, owners_token: str, asked: Asked) -> None:
    path = asked.path.replace("{slug}", things.slug).replace("{key}", things.key)
    async with anna.client(token=owners_token if asked.role else None) as client:
        answer = await client.request(asked.method, path, headers=dict(asked.headers))

    assert answer.status_code == asked.status, answer.text
    is_guarded(answer)


Breaking = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


@pytest.mark.parametrize("path", ["/blog", "/api/v1/posts", "/sitemap.xml"])
@pytest.mark.parametrize(("error", "status"), [(RuntimeError, 500), (Unavailable, 503)])
@pytest.mark.parametrize("part", ["posts", "profile", "names"])
async def test_what_fails_is_guarded_too(
    anna: Site, rig: Rig, path: str, error: type[Exception], status: int, part: str
) -> None:
    with rig.faults.of(part, error()), listening():
        async with anna.client() as client:
            answer = await client.get(path)

    assert answer.status_code == status
    assert answer.headers["cache-control"].endswith("no-store")
    assert ("retry-after" in answer.headers) is (status == 503)
    assert "set-cookie" not in answer.headers
    is_guarded(answer)


async def test_what_is_sent_to_a_signed_in_owner_is_guarded(estate: Estate, anna: Site) -> None:
    browser, stay = Browser(anna), await estate.stay()
    browser.client.cookies.set("__Host-terrace", stay.cookie, domain="anna.example")
    for path in ("/", "/admin", "/admin/blog/new", "/admin/media", "/admin/settings", "/blog"):
        shown = await browser.get(path)
        assert (shown.status, shown.answer.headers["cache-control"]) == (200, "private, no-store")
        is_guarded(shown.answer)


async def test_the_policy_allows_our_own_and_one_snippet(anna: Site, things: Belongings, estate: Estate) -> None:
    stay: Stay = await estate.stay()
    async with anna.client(cookie=f"__Host-terrace={stay.cookie}") as client:
        paths = ("/", f"/blog/{things.slug}", "/admin/blog/new", "/admin/media", "/admin/settings", "/api/docs", "/x")
        pages = [await client.get(path) for path in paths]
    for page in pages:
        tree = LexborHTMLParser(page.text)
        scripts = [node for node in tree.css("script") if node.attributes.get("type") != "application/ld+json"]
        inline = [node.text() for node in scripts if "src" not in node.attributes]
        hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in inline}
        assert len(inline) == 1
        assert policy_of(page) == {
            "default-src": {"'none'"},
            "script-src": {"'self'", *hashes},
            "style-src": {"'self'"},
            "img-src": {"'self'"},
            "font-src": {"'self'"},
            "connect-src": {"'self'"},
            "manifest-src": {"'self'"},
            "form-action": {"'self'"},
            "base-uri": {"'none'"},
            "frame-ancestors": {"'none'"},
        }
        attributes = {name for node in tree.css("*") for name in node.attributes}
        assert not [name for name in attributes if name == "style" or EVENTS.fullmatch(name)]
        assert not tree.css("style, base, object, embed, iframe")


async def test_our_files_are_guarded(anna: Site) -> None:
    async with anna.client() as client:
        home = LexborHTMLParser((await client.get("/")).text)
        urls = [node.attributes["src"] for node in home.css("script[src]")]
        urls += [node.attributes["href"] for node in home.css("link[rel=stylesheet]")]
        assert len(urls) > 3
        for url in urls:
            answer = await client.get(str(url))
            assert (answer.status_code, "immutable" in answer.headers["cache-control"]) == (200, True)
            is_guarded(answer)


async def test_a_picture_is_no_page(anna: Site, things: Belongings) -> None:
    """Even a file that got past the checks could not run anything under the site's name."""
    async with anna.client() as client:
        answer = await client.get(f"/media/{things.key}")
    assert policy_of(answer) == {"default-src": {"'none'"}, "sandbox": set(), "frame-ancestors": {"'none'"}}
    assert answer.headers["content-type"].startswith("image/")


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: anna.example\r\nBad Header: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: anna.example\r\nHost: boris.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: x\r\nHost: anna.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
    ],
)
async def test_what_is_no_request_is_guarded(wire: Wire, request_bytes: bytes) -> None:
    answer = await wire.send(request_bytes)
    assert answer.status == 400
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert SANE_ID.fullmatch(answer.headers["x-request-id"])
