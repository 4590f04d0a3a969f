"""Whatever is sent to whichever route, nobody gets to see us stumble."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import cycle
from typing import Any, TypeVar

import httpx
import pytest

from core.identity import Role
from tests.api.house import Site
from tests.http.wire import Wire
from tests.isolation.estate import Estate, Stay
from tests.isolation.people import ENDS_STAYS
from tests.isolation.routes import WAYS, Belongings, Way, each
from tests.security.corpus import FORMS, HEADERS, JSONS, PARTS, PIECES, QUERIES, TYPES
from tests.security.rig import listening

T = TypeVar("T")
_SEGMENT = re.compile(r"\{\w+:\w+\}")


# A path that has lost its last part is that of all sessions.
AS_GUEST = ENDS_STAYS | {"DELETE /api/v1/sessions/{session_id:str}"}


@pytest.fixture(scope="session")
async def stay(estate: Estate) -> Stay:
    return await estate.stay(Role.OWNER)


class Sender:
    """The owner, who may reach every corner of every route; where she would end her own sessions, a guest."""

    def __init__(self, estate: Estate, owner: Stay, guest: Stay, client: httpx.AsyncClient) -> None:
        self.client = client
        self.owner, self.guest = self._keys(estate, owner), self._keys(estate, guest)

    @staticmethod
    def _keys(estate: Estate, stay: Stay) -> tuple[dict[str, str], dict[str, str]]:
        """What each route gets, and what programs get beside it."""
        cookie, proof = f"__Host-terrace={stay.cookie}", estate.proof(stay.id)
        bearer = {"authorization": f"Bearer {stay.access}"}
        return {"cookie": cookie, "x-csrf-token": proof, "if-match": "*"}, bearer

    async def send(self, way: Way, url: str, headers: Mapping[str, str] | None = None, **sent: Any) -> httpx.Response:
        keys, bearer = self.guest if way.name in AS_GUEST else self.owner
        given = {**keys, **(bearer if way.is_api else {}), **(headers or {})}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in given.items()]
        answer = await self.client.request(way.method, url, headers=raw, **sent)
        assert answer.status_code < 500, (answer.status_code, way.name, url[:200], str(headers)[:200], str(sent)[:200])
        return answer


@pytest.fixture
async def sender(estate: Estate, stay: Stay, anna: Site) -> AsyncIterator[Sender]:
    async with anna.client() as client:
        with listening(level="ERROR"):
            yield Sender(estate, stay, await estate.stay(Role.VIEWER), client)
        still = await client.get("/admin", headers={"cookie": f"__Host-terrace={stay.cookie}"})
        assert still.status_code == 200, "what was sent ended the owner's session, and proved nothing after that"


def spoilt(way: Way) -> Iterable[str]:
    """The path with each of its parameters gone bad."""
    if way.parameters:
        for piece in share(PIECES, way, of=2):
            yield _SEGMENT.sub(lambda _, piece=piece: piece, way.path)  # type: ignore[misc]  # mypy takes the default for a second parameter


def share(corpus: Sequence[T], way: Way, *, of: int) -> Sequence[T]:
    """One part in *of* of the corpus, another for each neighbour in the table: all of it meets all kinds of routes."""
    return corpus[WAYS.index(way) % of :: of]


LEFT_ALONE = {"POST /logout", "DELETE /api/v1/sessions/{session_id:str}"}
"""They would end the session that the other tests are sent with; their paths are still tried."""
NESTING = [way for way in WAYS if way.method != "GET" and way.name not in LEFT_ALONE]


@each([way for way in WAYS if way.parameters])
async def test_paths(way: Way, sender: Sender) -> None:
    for path in spoilt(way):
        await sender.send(way, path, **way.sent())


@each([way for way in WAYS if way.method == "GET"])
async def test_queries(way: Way, sender: Sender, things: Belongings) -> None:
    for query in share(QUERIES, way, of=3):
        await sender.send(way, f"{way.path_for(things)}?{query}")


@each([way for way in NESTING if way.is_api])
async def test_bodies_of_the_api(way: Way, sender: Sender, things: Belongings) -> None:
    for body in share(JSONS, way, of=2):
        await sender.send(way, harmless(way, things), {"content-type": "application/json"}, content=body)


@each([way for way in NESTING if way.is_form])
async def test_bodies_of_forms(way: Way, sender: Sender, things: Belongings) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for number, body in enumerate(share(FORMS, way, of=2)):
        more = {"hx-request": "true"} if (number + WAYS.index(way)) % 2 else {}
        await sender.send(way, harmless(way, things), {**kind, **more}, content=body)


@each(NESTING)
async def test_bodies_of_other_types(way: Way, sender: Sender, things: Belongings) -> None:
    for kind, body in zip(TYPES, cycle((b"x=1", b"{}", b"--x--\r\n", b"\xff\x00")), strict=False):
        await sender.send(way, harmless(way, things), {"content-type": kind}, content=body)
    for body in share(PARTS, way, of=3):
        await sender.send(way, harmless(way, things), {"content-type": "multipart/form-data; boundary=x"}, content=body)
    packed = {"content-type": "application/json", "content-encoding": "gzip"}
    await sender.send(way, harmless(way, things), packed, content=gzip.compress(json.dumps({"title": "x"}).encode()))


@each([way for way in WAYS if way.name not in LEFT_ALONE])
async def test_headers(way: Way, sender: Sender, things: Belongings) -> None:
    for name, value in share(HEADERS, way, of=4):
        sent = way.sent() if name not in ("content-length", "transfer-encoding") else {}
        await sender.send(way, harmless(way, things), {name: value}, **sent)


def harmless(way: Way, things: Belongings) -> str:
    """What is there to be changed, and what is not where the thing itself would go."""
    is_final = way.method == "DELETE" or way.path.endswith(("/trash", "/deletion", "/restoration"))
    return _SEGMENT.sub("0" * 32, way.path) if is_final else way.path_for(things)


@pytest.mark.parametrize(
    "lines",
    [
        ["GET /\xff HTTP/1.1"],
        ["GET /blog?q=\xff HTTP/1.1"],
        ["GET /../../etc/passwd HTTP/1.1"],
        ["GET //evil.example/%2e%2e HTTP/1.1"],
        ["GET * HTTP/1.1"],
        ["OPTIONS * HTTP/1.1"],
        ["CONNECT anna.example:443 HTTP/1.1"],
        ["TRACE / HTTP/1.1"],
        ["FOO / HTTP/1.1"],
        ["GET /" + "a" * 60_000 + " HTTP/1.1"],
        ["GET / HTTP/1.1", "X: " + "a" * 60_000],
        ["GET / HTTP/1.1", *[f"X-{n}: y" for n in range(400)]],
        ["GET / HTTP/1.1", "Cookie: a=b", "Cookie: __Host-terrace=x", "Cookie: \xff"],
        ["GET /api/v1/posts HTTP/1.1", "Authorization: Bearer a", "Authorization: Bearer b"],
        ["POST /api/v1/posts HTTP/1.1", "Content-Type: a", "Content-Type: application/json", "Content-Length: 0"],
        ["POST /api/v1/sessions HTTP/1.1", "Transfer-Encoding: chunked", "Content-Length: 5"],
        ["POST /login HTTP/1.1", "Content-Length: -1"],
        ["POST /login HTTP/1.1", "Content-Length: 99999999999999999999"],
        ["GET / HTTP/1.1", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: x"],
        ["GET / HTTP/9.9"],
    ],
    ids=lambda lines: " ".join(lines)[:50].encode("ascii", "replace").decode(),
)
async def test_over_the_wire(wire: Wire, house: object, lines: list[str]) -> None:
    request = "\r\n".join([lines[0], "Host: anna.example", *lines[1:], "Connection: close", "", ""])
    answer = await wire.send(request.encode("latin-1"))
    assert answer.status < 500
    assert "x-request-id" in answer.headers
