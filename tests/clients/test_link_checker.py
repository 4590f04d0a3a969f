from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from clients.link_checker import HttpLinkChecker
from core.reach import is_public

PRIVATE = (
    *("127.0.0.1", "10.0.0.8", "172.16.3.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1"),  # noqa: S104 - refused
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "ff02::1", "224.0.0.1"),
    *(
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "::127.0.0.1",
        "::7f00:1",
        "2001:0:53aa:64c::1",
        "[::1]",
        "2130706433",
        "localhost",
    ),
)


async def answer(request: web.Request) -> web.StreamResponse:
    path = request.path
    if path == "/moved":
        raise web.HTTPFound("/here")
    if path.startswith("/round"):
        raise web.HTTPFound("/round")
    if path.startswith("/inside/"):
        raise web.HTTPFound(f"http://{path.removeprefix('/inside/')}:1/")
    if path == "/no-head" and request.method == "HEAD":
        raise web.HTTPMethodNotAllowed("HEAD", ["GET"])
    if path == "/gone":
        raise web.HTTPGone
    if path == "/elsewhere":
        raise web.HTTPFound("ftp://example.org/")
    return web.Response(text="Here.")


@pytest.fixture
async def site() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    door = web.TCPSite(runner, "127.0.0.1", 0)
    await door.start()
    address: Any = runner.addresses[0]
    yield f"http://127.0.0.1:{address[1]}"
    await runner.cleanup()


@pytest.fixture
def links() -> HttpLinkChecker:
    """Takes this machine, and nothing else, for the public internet."""
    return HttpLinkChecker(lambda address: address == "127.0.0.1")


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_what_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/here", ""),
        ("/moved", ""),
        ("/no-head", ""),
        ("/gone", "410"),
        ("/round", "redirects"),
        ("/elsewhere", "unreachable"),
    ],
)
async def test_what_an_address_answers(site: str, links: HttpLinkChecker, path: str, trouble: str) -> None:
    assert await links.check(site + path) == trouble


@pytest.mark.parametrize("inside", ["169.254.169.254", "[::1]", "10.0.0.1"])
async def test_a_redirect_leads_nowhere_inside(site: str, links: HttpLinkChecker, inside: str) -> None:
    assert await links.check(f"{site}/inside/{inside}") == "private"


@pytest.mark.parametrize("url", ["http://localhost:9/", "http://127.0.0.1:9/", "http://[::1]:9/", "http://0x7f000001/"])
async def test_this_machine_is_never_asked(url: str) -> None:
    assert await HttpLinkChecker().check(url) == "private"


@pytest.mark.parametrize(
    "url", ["http://nowhere.invalid/", "not an address", "http://", "javascript:alert(1)", "http://a b/"]
)
async def test_what_leads_nowhere_is_unreachable(url: str) -> None:
    assert await HttpLinkChecker().check(url) == "unreachable"
