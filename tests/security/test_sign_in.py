"""Guessing at the door: what it tells, and how often one may."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from core.identity import Role
from entrypoints.http.app import Terrace
from tests.api.house import PASSWORD, House, Site
from tests.isolation.estate import Estate
from tests.security.rig import Rig

SESSIONS = "/api/v1/sessions"
ACCOUNT, CLIENT = 10, 50
WRONG = "wrong wrong wrong"
_CHANGING = re.compile(r"[0-9a-f]{32}|[\w-]{48}")


@asynccontextmanager
async def calling(app: Terrace, url: str, peer: str, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody at the address *peer*."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False, client=(peer, 1))  # type: ignore[arg-type]  # httpx types scopes as plain dicts
    async with httpx.AsyncClient(transport=transport, base_url=url, headers=headers) as client:
        yield client


async def guess(client: httpx.AsyncClient, email: str, password: str = WRONG) -> httpx.Response:
    return await client.post(SESSIONS, json={"email": email, "password": password})


async def at_the_door(client: httpx.AsyncClient, email: str) -> httpx.Response:
    page = await client.get("/login")
    found = re.search(r'name="csrf_token" value="([^"]+)"', page.text)
    assert found
    return await client.post("/login", data={"email": email, "password": WRONG, "csrf_token": found[1]})


def looks(answer: httpx.Response, email: str) -> tuple[int, dict[str, str], str]:
    changing = {"x-request-id", "set-cookie", "content-length", "date", "ratelimit"}
    headers = {name: value for name, value in answer.headers.items() if name not in changing}
    return answer.status_code, headers, _CHANGING.sub("-", answer.text.replace(f'value="{email}"', 'value=""'))


@pytest.fixture(scope="session")
async def people(estate: Estate) -> list[str]:
    """A member, one who left, one who never set a password, and nobody."""
    await estate.admit("gone@anna.example", is_disabled=True)
    await estate.admit("fresh@anna.example", has_password=False)
    return [
        estate.site.email(Role.OWNER),
        "gone@anna.example",
        "fresh@anna.example",
        "nobody@anna.example",
        "@",
        "x" * 500,
    ]


@pytest.mark.parametrize("door", ["page", "api"])
async def test_whatever_is_wrong_looks_the_same_and_costs_the_same(
    anna: Site, rig: Rig, people: list[str], door: str
) -> None:
    seen = []
    for email in people:
        async with anna.client() as client:
            before = rig.compared
            answer = await (guess(client, email) if door == "api" else at_the_door(client, email))
            assert rig.compared == before + 1
            seen.append(looks(answer, email))
    assert seen[0][0] == (401 if door == "api" else 422)
    for one in seen[1:]:
        assert one == seen[0]


async def test_who_left_is_refused_like_a_stranger_even_with_the_right_password(anna: Site, people: list[str]) -> None:
    async with anna.client() as client:
        gone = await guess(client, "gone@anna.example", PASSWORD)
        nobody = await guess(client, "nobody@anna.example", PASSWORD)
    assert looks(gone, "gone@anna.example") == looks(nobody, "nobody@anna.example")
    assert gone.status_code == 401


async def test_an_account_is_guarded_by_all_workers_together(anna: Site, second: Site, rig: Rig) -> None:
    email = anna.email(Role.EDITOR)
    with rig.hasty():
        for number in range(ACCOUNT):
            async with (anna, second)[number % 2].client() as client:
                spelling = (email, email.upper(), f"  {email} ")[number % 3]
                assert (await guess(client, spelling)).status_code == 401
    before = rig.compared
    for site in (anna, second):
        async with site.client() as client:
            refused = await guess(client, email, PASSWORD)
            page = await at_the_door(client, email)
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many")
        assert 0 < int(refused.headers["retry-after"]) <= 900
        assert (page.status_code, page.headers["retry-after"]) == (429, refused.headers["retry-after"])
    assert rig.compared == before
    async with anna.client() as client:
        assert (await guess(client, anna.email(Role.AUTHOR), PASSWORD)).status_code == 201


async def test_the_wait_ends_as_it_was_told(anna: Site, rig: Rig) -> None:
    email = anna.email(Role.VIEWER)
    async with anna.client() as client:
        with rig.hasty():
            for _ in range(ACCOUNT):
                await guess(client, email)
        seconds = int((await guess(client, email, PASSWORD)).headers["retry-after"])
        with rig.clock.later(seconds=seconds - 5):
            assert (await guess(client, email, PASSWORD)).status_code == 429
        with rig.clock.later(seconds=seconds + 1):
            assert (await guess(client, email, PASSWORD)).status_code == 201


async def test_a_limit_of_one_site_is_none_of_another(anna: Site, boris: Site, rig: Rig) -> None:
    email = "same@both.example"
    async with (
        calling(anna.app, anna.url, "192.0.2.7") as hers,
        calling(boris.app, boris.url, "192.0.2.7") as his,
    ):
        with rig.hasty():
            for _ in range(ACCOUNT):
                await guess(hers, email)
        assert (await guess(hers, email)).status_code == 429
        assert (await guess(his, email)).status_code == 401


async def exhaust(house: House, second: Site, rig: Rig, peers: list[str], forwarded: list[str]) -> None:
    """All tries of one client, in turns at both workers, each for another account."""
    sites = (house.anna, second)
    with rig.hasty():
        for number in range(CLIENT):
            peer = peers[number % len(peers)]
            headers = {"x-forwarded-for": forwarded[number % len(forwarded)]} if forwarded else {}
            async with calling(sites[number % 2].app, house.anna.url, peer, **headers) as client:
                assert (await guess(client, f"{number}@nobody.example")).status_code == 401


async def status(house: House, peer: str, forwarded: str = "") -> int:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    async with calling(house.anna.app, house.anna.url, peer, **headers) as client:
        return (await guess(client, "one-more@nobody.example")).status_code


async def test_a_client_is_counted_by_all_workers_together(anna: Site, house: House, second: Site, rig: Rig) -> None:
    await exhaust(house, second, rig, ["192.0.2.1"], [])
    assert await status(house, "192.0.2.1") == 429
    assert await status(house, "192.0.2.2") == 401


async def test_a_stranger_does_not_become_many_by_saying_so(anna: Site, house: House, second: Site, rig: Rig) -> None:
    await exhaust(house, second, rig, ["192.0.2.3"], [f"198.51.100.{n}" for n in range(CLIENT)])
    assert await status(house, "192.0.2.3", "203.0.113.1") == 429
    assert await status(house, "192.0.2.4", "192.0.2.3") == 401


async def test_behind_our_proxies_each_visitor_counts(anna: Site, house: House, second: Site, rig: Rig) -> None:
    """Whichever proxy she comes by, and whatever she claims to stand for herself."""
    claims = [f"198.51.100.{n}, 192.0.2.5, 10.99.1.1" for n in range(CLIENT)]
    await exhaust(house, second, rig, ["10.99.0.1", "10.99.0.2"], claims)
    assert await status(house, "10.99.0.3", "192.0.2.5") == 429
    assert await status(house, "10.99.0.1", "192.0.2.6") == 401
    assert await status(house, "192.0.2.5") == 429


async def test_a_household_is_one_client(anna: Site, house: House, second: Site, rig: Rig) -> None:
    await exhaust(house, second, rig, [f"2001:db8:1:1::{n:x}" for n in range(1, 20)], [])
    assert await status(house, "2001:db8:1:1:ffff::1") == 429
    assert await status(house, "2001:db8:1:2::1") == 401


async def test_no_address_is_kept(anna: Site, house: House, second: Site, rig: Rig, estate: Estate) -> None:
    async with calling(anna.app, anna.url, "192.0.2.99") as client:
        await guess(client, "kept@nobody.example")
    kept = await estate.everything()
    assert "rate_limits" in kept
    assert "192.0.2.99" not in kept
    assert "kept@nobody.example" not in kept
