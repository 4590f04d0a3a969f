"""Whatever is sent to whichever route, nobody gets to see us stumble."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from itertools import cycle
from typing import Any, TypeVar

import httpx
import pytest

from core.identity import Role
from tests.api.house import House, Site
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
IS_THOROUGH = os.environ.get("TERRACE_TEST_THOROUGH") == "1"
"""All of the corpus at each route takes ten minutes: for whoever has touched what all of them go through."""


@pytest.fixture(scope="session")
async def stay(estate: Estate) -> Stay:
    return await estate.stay(Role.OWNER)


@pytest.fixture(scope="session")
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    async with house.anna.client() as client:
        yield client


class Sender:
    """The owner, who may reach every corner of every route; where she would end her own sessions, a guest."""

    def __init__(self, estate: Estate, owner: Stay, client: httpx.AsyncClient) -> None:
        self.client = client
        self.estate, self.owner = estate, owner

    async def keys(self, way: Way) -> dict[str, str]:
        """What each route gets, and what programs get beside it."""
        stay = await self.estate.stay(Role.VIEWER) if way.name in AS_GUEST else self.owner
        bearer = {"authorization": f"Bearer {stay.access}"} if way.is_api else {}
        return {
            "cookie": f"__Host-terrace={stay.cookie}",
            "x-csrf-token": self.estate.proof(stay.id),
            "if-match": "*",
            **bearer,
        }

    async def send(self, way: Way, url: str, headers: Mapping[str, str] | None = None, **sent: Any) -> httpx.Response:
        given = {**await self.keys(way), **(headers or {})}
        raw = [(name.encode(), value.encode("latin-1")) for name, value in given.items()]
        answer = await self.client.request(way.method, url, headers=raw, **sent)
        assert answer.status_code < 500, (answer.status_code, way.name, url[:200], str(headers)[:200], str(sent)[:200])
        return answer


@pytest.fixture
async def sender(estate: Estate, stay: Stay, anna: Site, client: httpx.AsyncClient) -> AsyncIterator[Sender]:
    with listening(level="ERROR"):
        yield Sender(estate, stay, client)
    still = await client.get("/api/v1/whoami", headers={"authorization": f"Bearer {stay.access}"})
    assert still.status_code == 200, "what was sent ended the owner's session, and proved nothing after that"


def kinds_of(ways: Iterable[Way]) -> dict[str, list[Way]]:
    """The routes that answer alike: the site's pages, the desk's, the API's, each by method."""
    kinds = defaultdict(list)
    for way in ways:
        face = "api" if way.is_api else "desk" if way.path.startswith("/admin") else "site"
        kinds[f"{way.method} {face}"].append(way)
    return kinds


def shared(corpus: Sequence[T], ways: Sequence[Way], *, parts: int) -> dict[Way, Sequence[T]]:
    """For each of *ways* one of so many *parts* of the corpus, another for each neighbour of its kind: each kind meets
    all of it, however few they are."""
    if IS_THOROUGH:
        return dict.fromkeys(ways, corpus)
    return {
        way: corpus[place % min(parts, len(kind)) :: min(parts, len(kind))]
        for kind in kinds_of(ways).values()
        for place, way in enumerate(kind)
    }


LEFT_ALONE = {"POST /logout", "DELETE /api/v1/sessions/{session_id:str}"}
"""They would end the session that the other tests are sent with; their paths are still tried."""
NESTING = [way for way in WAYS if way.method != "GET" and way.name not in LEFT_ALONE]
PATHS = shared(PIECES, [way for way in WAYS if way.parameters], parts=5)
ASKED = shared(QUERIES, [way for way in WAYS if way.method == "GET"], parts=9)
SPOKEN = shared(JSONS, [way for way in NESTING if way.is_api], parts=8)
FILLED = shared(FORMS, [way for way in NESTING if way.is_form], parts=6)
TYPED = shared(tuple(zip(TYPES, cycle((b"x=1", b"{}", b"--x--\r\n", b"\xff\x00")), strict=False)), NESTING, parts=4)
PACKED = shared(PARTS, NESTING, parts=7)
HEADED = shared(HEADERS, [way for way in WAYS if way.name not in LEFT_ALONE], parts=12)


@pytest.mark.parametrize(
    ("shares", "corpus"),
    [(PATHS, PIECES), (ASKED, QUERIES), (SPOKEN, JSONS), (FILLED, FORMS), (PACKED, PARTS), (HEADED, HEADERS)],
    ids=("paths", "queries", "bodies", "forms", "parts", "headers"),
)
def test_each_kind_of_route_meets_the_whole_corpus(
    shares: dict[Way, Sequence[object]], corpus: Sequence[object]
) -> None:
    for kind in kinds_of(shares).values():
        assert {piece for way in kind for piece in shares[way]} == set(corpus)


@each([*PATHS])
async def test_paths(way: Way, sender: Sender) -> None:
    for piece in PATHS[way]:
        spoilt = piece.join(_SEGMENT.split(way.path))
        await sender.send(way, spoilt, **way.sent())


@each([*ASKED])
async def test_queries(way: Way, sender: Sender, things: Belongings) -> None:
    for query in ASKED[way]:
        await sender.send(way, f"{way.path_for(things)}?{query}")


@each([*SPOKEN])
async def test_bodies_of_the_api(way: Way, sender: Sender, things: Belongings) -> None:
    for body in SPOKEN[way]:
        await sender.send(way, harmless(way, things), {"content-type": "application/json"}, content=body)


@each([*FILLED])
async def test_bodies_of_forms(way: Way, sender: Sender, things: Belongings) -> None:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    for number, body in enumerate(FILLED[way]):
        more = {"hx-request": "true"} if (number + WAYS.index(way)) % 2 else {}
        await sender.send(way, harmless(way, things), {**kind, **more}, content=body)


@each(NESTING)
async def test_bodies_of_other_types(way: Way, sender: Sender, things: Belongings) -> None:
    for kind, body in TYPED[way]:
        await sender.send(way, harmless(way, things), {"content-type": kind}, content=body)
    for body in PACKED[way]:
        await sender.send(way, harmless(way, things), {"content-type": "multipart/form-data; boundary=x"}, content=body)
    packed = {"content-type": "application/json", "content-encoding": "gzip"}
    await sender.send(way, harmless(way, things), packed, content=gzip.compress(json.dumps({"title": "x"}).encode()))


@each([*HEADED])
async def test_headers(way: Way, sender: Sender, things: Belongings) -> None:
    for name, value in HEADED[way]:
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
