"""A POST that is sent again under its key changes nothing and gets the first answer."""

import asyncio
from hashlib import sha256
from secrets import token_hex

import httpx
import pytest
from sqlalchemy import select

from core.identity import Role
from db.idempotency import IdempotencyRow
from tests.api.house import PASSWORD, House, Site
from tests.api.pictures import png
from tests.api.posts import POSTS, made_post

ANSWERED = ("location", "etag", "content-type")


def same(one: httpx.Response, other: httpx.Response) -> bool:
    headers = [(answer.headers.get(name)) for name in ANSWERED for answer in (one, other)]
    pairs = zip(headers[::2], headers[1::2], strict=True)
    return (one.status_code, one.content) == (other.status_code, other.content) and all(a == b for a, b in pairs)


async def count(site: Site, word: str) -> int:
    async with site.client(Role.OWNER) as client:
        return len((await client.get(POSTS, params={"q": word, "status": "any"})).json()["items"])


async def test_the_same_post_twice_is_one_post(anna: Site) -> None:
    word, headers = f"word{token_hex(4)}", {"idempotency-key": token_hex()}

    async with anna.client(Role.AUTHOR) as client:
        first = await client.post(POSTS, json={"title": word}, headers=headers)
        second = await client.post(POSTS, json={"title": word}, headers=headers)

    assert first.status_code == 201
    assert same(first, second)
    assert await count(anna, word) == 1


async def test_two_at_once_are_one_post(anna: Site) -> None:
    word, headers = f"word{token_hex(4)}", {"idempotency-key": token_hex()}

    async with anna.client(Role.AUTHOR) as client:
        answers = await asyncio.gather(*(client.post(POSTS, json={"title": word}, headers=headers) for _ in range(8)))

    assert {answer.status_code for answer in answers} == {201}
    assert all(same(answers[0], answer) for answer in answers)
    assert await count(anna, word) == 1


async def test_another_body_under_the_same_key_is_refused(anna: Site) -> None:
    word, headers = f"word{token_hex(4)}", {"idempotency-key": token_hex()}

    async with anna.client(Role.AUTHOR) as client:
        await client.post(POSTS, json={"title": word}, headers=headers)
        other = await client.post(POSTS, json={"title": f"{word} two"}, headers=headers)
        elsewhere = await client.post("/api/v1/media", files={"file": ("a.png", png())}, headers=headers)

    assert (other.status_code, elsewhere.status_code) == (422, 422)
    assert other.json()["errors"][0]["header"] == "Idempotency-Key"
    assert await count(anna, word) == 1


async def test_keys_of_different_people_do_not_meet(anna: Site) -> None:
    word, headers = f"word{token_hex(4)}", {"idempotency-key": token_hex()}

    for role in (Role.AUTHOR, Role.EDITOR):
        async with anna.client(role) as client:
            assert (await client.post(POSTS, json={"title": word}, headers=headers)).status_code == 201

    assert await count(anna, word) == 2


async def test_a_refused_request_leaves_its_key_free(anna: Site) -> None:
    word, headers = f"word{token_hex(4)}", {"idempotency-key": token_hex()}

    async with anna.client(Role.AUTHOR) as client:
        refused = await client.post(POSTS, json={"title": word, "lang": "xx"}, headers=headers)
        accepted = await client.post(POSTS, json={"title": word}, headers=headers)

    assert (refused.status_code, accepted.status_code) == (422, 201)


@pytest.mark.parametrize("key", ["", "   ", "x" * 256])
async def test_a_key_has_a_sensible_length(anna: Site, key: str) -> None:
    async with anna.client(Role.AUTHOR) as client:
        answer = await client.post(POSTS, json={"title": "x"}, headers={"idempotency-key": key})

    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"pointer": "", "header": "Idempotency-Key", "detail": "Use 1 to 255 characters."}
    ]


async def test_the_same_upload_twice_is_one_file(anna: Site) -> None:
    picture, headers = png(), {"idempotency-key": token_hex()}

    async with anna.client(Role.AUTHOR) as client:
        first = await client.post("/api/v1/media", files={"file": ("a.png", picture)}, headers=headers)
        second = await client.post("/api/v1/media", files={"file": ("a.png", picture)}, headers=headers)
        other = await client.post("/api/v1/media", files={"file": ("a.png", png(41))}, headers=headers)
        listed = (await client.get("/api/v1/media")).json()["items"]

    assert first.status_code == 201
    assert first.request.headers["content-type"] != second.request.headers["content-type"]
    assert same(first, second)
    assert other.status_code == 422
    assert [entry["key"] for entry in listed].count(first.json()["key"]) == 1


async def test_the_same_restoration_twice(anna: Site) -> None:
    post, headers = await made_post(anna), {"idempotency-key": token_hex()}

    async with anna.client(Role.OWNER) as client:
        await client.delete(post.path)
        first = await client.post(f"/api/v1/trash/{post.id}/restoration", headers=headers)
        second = await client.post(f"/api/v1/trash/{post.id}/restoration", headers=headers)

    assert first.status_code == 201
    assert same(first, second)


async def test_the_same_sign_in_twice_is_one_session(anna: Site) -> None:
    headers = {"idempotency-key": token_hex()}
    right, wrong = ({"email": anna.email(Role.AUTHOR), "password": word} for word in (PASSWORD, "wrong wrong wrong"))

    async with anna.client() as client:
        refused = await client.post("/api/v1/sessions", json=wrong, headers=headers)
        first = await client.post("/api/v1/sessions", json=right, headers=headers)
        second = await client.post("/api/v1/sessions", json=right, headers=headers)
        other = await client.post("/api/v1/sessions", json=wrong, headers=headers)
    async with anna.client() as stranger:
        elsewhere = await stranger.post("/api/v1/sessions", json=wrong, headers=headers)

    assert refused.status_code == 401
    assert first.status_code == 201
    assert same(first, second)
    assert other.status_code == 422
    assert elsewhere.status_code == 401


async def test_sign_ins_at_once_do_not_wait_for_each_others_connections(anna: Site) -> None:
    body = {"email": anna.email(Role.CONTRIBUTOR), "password": PASSWORD}
    await anna.forgive()

    async def sign_in() -> int:
        async with anna.client() as client:
            answer = await client.post("/api/v1/sessions", json=body, headers={"idempotency-key": token_hex()})
            return answer.status_code

    assert await asyncio.gather(*(sign_in() for _ in range(9))) == [201] * 9


async def test_a_stolen_refresh_token_ends_the_session_with_a_key_too(anna: Site) -> None:
    tokens, headers = await anna.sign_in(Role.AUTHOR), {"idempotency-key": token_hex()}
    path, first = "/api/v1/sessions/refresh", tokens["refresh_token"]

    async with anna.client() as client:
        second = (await client.post(path, json={"refresh_token": first})).json()["refresh_token"]
        third = (await client.post(path, json={"refresh_token": second})).json()
        stolen = await client.post(path, json={"refresh_token": first}, headers=headers)
        again = await client.post(path, json={"refresh_token": first}, headers=headers)
    async with anna.client(token=third["access_token"]) as client:
        whoami = await client.get("/api/v1/whoami")

    assert (stolen.status_code, stolen.headers["content-type"]) == (401, "application/problem+json")
    assert same(stolen, again)
    assert whoami.status_code == 401


async def test_no_secret_lies_in_the_open(house: House) -> None:
    """What is kept of a sign-in is sealed: neither tokens nor anything to try passwords against."""
    key = token_hex()
    async with house.anna.client() as client:
        answer = await client.post(
            "/api/v1/sessions",
            json={"email": house.anna.email(Role.AUTHOR), "password": PASSWORD},
            headers={"idempotency-key": key},
        )
    async with house.anna.sessions.open(house.anna.tenant) as session:
        query = select(IdempotencyRow.body, IdempotencyRow.fingerprint).where(IdempotencyRow.key == key)
        body, fingerprint = (await session.execute(query)).one()

    assert body is not None
    assert answer.json()["refresh_token"].encode() not in body
    assert sha256(answer.request.content).hexdigest() not in fingerprint
