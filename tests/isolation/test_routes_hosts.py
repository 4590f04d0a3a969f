"""Every route at a host that is nobody's, or that is only another name of a site."""

import json

import httpx
import pytest

from tests.api.house import House
from tests.isolation.estate import Estate, Stay
from tests.isolation.routes import NOTHING, WAYS, Way, each

STRANGERS = ("unknown.example", "other.example:8443", "anna.localhost.unknown.example", "127.0.0.1", "a b", "x" * 300)
REQUEST_ID = "the-same-for-all"
NAMES = ("anna", "boris", "localhost", "csrf", "<nav", "/admin", "/login", "theme.")


@pytest.fixture(scope="session")
async def stay(hers: Estate) -> Stay:
    return await hers.stay()


async def at(estate: Estate, host: str, way: Way, **headers: str) -> httpx.Response:
    return await estate.ask(way, NOTHING, headers={"host": host, "x-request-id": REQUEST_ID, **headers})


@each(WAYS)
async def test_nobodys_host_is_nobodys_at_every_route(way: Way, hers: Estate, stay: Stay) -> None:
    plain = await at(hers, STRANGERS[0], way)
    assert plain.status_code == 421
    assert "set-cookie" not in plain.headers
    assert not [name for name in NAMES if name in plain.text.lower()]
    for host in STRANGERS[1:]:
        other = await at(hers, host, way)
        assert (other.status_code, other.headers.raw, other.content) == (421, plain.headers.raw, plain.content)
    keys = {"cookie": f"terrace={stay.cookie}", "authorization": f"Bearer {stay.access}"}
    holder = await at(hers, STRANGERS[0], way, **keys)
    assert (holder.status_code, holder.headers.raw, holder.content) == (421, plain.headers.raw, plain.content)


@each(WAYS)
async def test_an_alias_serves_nothing_itself(way: Way, hers: Estate, house: House, stay: Stay) -> None:
    before = await hers.digest()
    keys = {"cookie": f"terrace={stay.cookie}", "authorization": f"Bearer {stay.access}"}
    answer = await at(hers, "anna.example", way, **keys)

    assert "set-cookie" not in answer.headers
    if way.method == "GET":
        assert answer.status_code == 308
        assert answer.headers["location"] == house.anna.url + way.path_for(NOTHING)
        assert answer.headers["cache-control"] == "no-cache"
    else:
        assert answer.status_code == 421
        assert json.loads(answer.content)["primary"] == house.anna.url
    assert await hers.digest() == before


@pytest.mark.parametrize("path", ["/", "/blog", "/login", "/admin", "/static/x.css", "/theme.0.css", "/nothing/at/all"])
async def test_nobodys_pages_are_one_page(hers: Estate, path: str) -> None:
    one, other = await at(hers, STRANGERS[0], Way(path, "GET")), await at(hers, STRANGERS[1], Way("/", "GET"))

    assert (one.status_code, one.headers.raw, one.content) == (421, other.headers.raw, other.content)
