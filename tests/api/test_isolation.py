"""One site's ids and tokens are worth nothing at another."""

import re

import pytest

from core.identity import Role
from entrypoints.api.openapi import routed_operations
from tests.api.house import House, Site
from tests.api.posts import made_post


@pytest.mark.parametrize(
    ("method", "suffix"),
    [
        ("GET", ""),
        ("PUT", ""),
        ("PATCH", ""),
        ("DELETE", ""),
        ("PUT", "/publication"),
        ("DELETE", "/publication"),
    ],
)
async def test_the_post_of_another_site_is_not_there(anna: Site, boris: Site, method: str, suffix: str) -> None:
    post = await made_post(anna, is_public=True)
    body = {"json": {"title": "x"}} if method in ("PUT", "PATCH") and not suffix else {}

    async with boris.client(Role.OWNER) as client:
        answer = await client.request(method, post.path + suffix, headers={"if-match": "*"}, **body)  # type: ignore[arg-type]  # httpx's own spelling of a body
    async with anna.client() as visitor:
        stands = await visitor.get(post.path)

    assert answer.status_code == 404
    assert stands.json() == post.shown


async def test_the_trash_and_the_sessions_of_another_site_are_not_there(anna: Site, boris: Site) -> None:
    post, session = await made_post(anna), (await anna.sign_in(Role.AUTHOR))["id"]
    async with anna.client(Role.OWNER) as owner:
        await owner.delete(post.path)

    async with boris.client(Role.OWNER) as client:
        assert (await client.post(f"/api/v1/trash/{post.id}/restoration")).status_code == 404
        assert (await client.get(f"/api/v1/sessions/{session}")).status_code == 404
        assert (await client.delete(f"/api/v1/sessions/{session}")).status_code == 404


async def test_a_token_of_another_site_opens_no_route(house: House) -> None:
    routed = list(routed_operations(house.app))
    assert len(routed) > 20

    async with house.boris.client(token=house.anna.tokens[Role.OWNER]) as client:
        for each in routed:
            if "/sessions" in each.path and each.method == "post":
                continue  # asks for a proof of its own and takes nobody's word for it
            path = re.sub(r"\{\w+\}", "1", each.path)
            answer = await client.request(each.method.upper(), path, headers={"if-match": "*"})
            assert (answer.status_code, answer.json()["code"]) == (401, "session_ended"), (each.method, path)


async def test_a_refresh_token_of_another_site_gives_nothing(anna: Site, boris: Site) -> None:
    tokens = await anna.sign_in(Role.OWNER)

    async with boris.client() as client:
        answer = await client.post("/api/v1/sessions/refresh", json={"refresh_token": tokens["refresh_token"]})

    assert answer.status_code == 401


async def test_a_kept_answer_of_another_site_is_not_repeated(anna: Site, boris: Site) -> None:
    headers = {"idempotency-key": "the same key at both"}
    ids = set()
    for site in (anna, boris):
        async with site.client(Role.OWNER) as client:
            answer = await client.post("/api/v1/posts", json={"title": "Same"}, headers=headers)
            assert answer.status_code == 201
            ids.add(answer.json()["id"])

    assert len(ids) == 2
