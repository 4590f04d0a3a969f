"""What of the API one may use, and how it is told."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from config.api_settings import ApiSettings
from core.identity import Role
from tests.api.house import House, Site, serving_worker

WHOAMI = "/api/v1/whoami"
POSTS = "/api/v1/posts"


@pytest.fixture
async def strict(house: House) -> AsyncIterator[Site]:
    """Anna's site as a process serves it that allows little, and knows nothing of other processes' requests."""
    async with allowing(house, client=3, token=5, visitors=1000, members=7) as site:
        yield site


@asynccontextmanager
async def allowing(house: House, **per_minute: int) -> AsyncIterator[Site]:
    few = ApiSettings(**{f"{name}_per_minute": times for name, times in per_minute.items()})
    async with serving_worker(house.settings.model_copy(update={"api": few})) as (app, _):
        await house.anna.forgive()
        yield replace(house.anna, app=app)
    await house.anna.forgive()


async def test_a_client_is_told_what_is_left_until_nothing_is(strict: Site) -> None:
    async with strict.client() as client:
        answers = [await client.get(path) for path in (POSTS, "/api/v1/posts/none", f"{POSTS}?odd=1", POSTS, WHOAMI)]
    async with strict.client() as other:
        fresh = await other.get(POSTS)

    assert [answer.status_code for answer in answers] == [200, 404, 400, 429, 429]
    assert {answer.headers["ratelimit-policy"] for answer in answers[:3]} == {
        '"client";q=3;w=60, "visitors";q=1000;w=60'
    }
    left = [re.match(r'"client";r=(\d+);t=(\d+)', answer.headers["ratelimit"]) for answer in answers]
    assert [found and found[1] for found in left] == ["2", "1", "0", "0", "0"]
    refused = answers[-1]
    assert (refused.json()["code"], refused.headers["content-type"]) == ("too_many", "application/problem+json")
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.headers["retry-after"] == left[-1][2] if left[-1] else False
    assert fresh.status_code == 200


async def test_a_token_has_its_own_quota_wherever_it_comes_from(strict: Site) -> None:
    answers = []
    for _ in range(6):
        async with strict.client(Role.OWNER) as client:
            answers.append(await client.get(WHOAMI))

    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert answers[-1].headers["ratelimit-policy"] == '"token";q=5;w=60'
    async with strict.client() as visitor:
        assert (await visitor.get(POSTS)).status_code == 200


async def test_the_members_of_a_site_share_one(strict: Site) -> None:
    statuses = []
    for role in (Role.OWNER, Role.EDITOR):
        async with strict.client(role) as client:
            statuses += [(await client.get(WHOAMI)).status_code for _ in range(4)]

    assert statuses == [200] * 7 + [429]


async def test_so_do_its_visitors_and_what_they_use_up_is_not_its_members_nor_the_neighbours(house: House) -> None:
    statuses = []
    async with allowing(house, client=3, token=5, visitors=4, members=7) as site:
        for _ in range(5):
            async with site.client() as visitor:
                statuses.append((await visitor.get(POSTS)).status_code)
        async with site.client(Role.OWNER) as owner, replace(house.boris, app=site.app).client() as neighbour:
            others = [(await one.get(POSTS)).status_code for one in (owner, neighbour)]

    assert (statuses, others) == ([200] * 4 + [429], [200, 200])


async def test_guessing_tokens_counts_against_the_client(strict: Site) -> None:
    async with strict.client(token="trc_guessed") as client:
        answers = [await client.get(WHOAMI) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 401, 429]
    assert answers[0].headers["ratelimit"].startswith('"client";r=2')


async def test_whoami_says_what_is_left(strict: Site) -> None:
    async with strict.client(Role.EDITOR) as client:
        await client.get(POSTS)
        told = (await client.get(WHOAMI)).json()["quotas"]
    async with strict.client() as client:
        visitors = (await client.get(WHOAMI)).json()["quotas"]

    assert [(quota["name"], quota["limit"], quota["window_seconds"], quota["left"]) for quota in told] == [
        ("token", 5, 60, 3),
        ("members", 7, 60, 5),
    ]
    assert [quota["name"] for quota in visitors] == ["client", "visitors"]


async def test_pages_have_none(strict: Site) -> None:
    async with strict.client() as client:
        for path in ("/", "/api/docs", "/health/live"):
            assert "ratelimit" not in (await client.get(path)).headers
