"""What holds for every address of the API."""

import asyncio
import json
from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

import httpx
import pytest

from core.identity import Role
from tests.api.house import House, Site
from tests.api.posts import POSTS, made_post
from tests.isolation.routes import WAYS


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/api/v1/posts", "GET, HEAD, OPTIONS, POST"),
        ("/api/v1/posts/x", "DELETE, GET, HEAD, OPTIONS, PATCH, PUT"),
        ("/api/v1/posts/x/publication", "DELETE, OPTIONS, PUT"),
        ("/api/v1/whoami", "GET, HEAD, OPTIONS"),
        ("/api/v1/sessions/refresh", "OPTIONS, POST"),
    ],
)
async def test_a_wrong_method_is_told_the_right_ones(anna: Site, path: str, allow: str) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.request("TRACE", path)
        options = await client.options(path, headers={"origin": "https://elsewhere.example"})

    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert set(answer.headers["allow"].split(", ")) == set(allow.split(", "))
    assert options.status_code == 204
    assert set(options.headers["allow"].split(", ")) == set(allow.split(", "))
    assert not [name for name in options.headers if name.startswith("access-control-")]


async def test_other_origins_get_no_leave_to_read(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.get(POSTS, headers={"origin": "https://elsewhere.example"})

    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/v2/posts", "/api/v1", "/api/v1/posts/x/y/z"])
async def test_what_is_nowhere_is_a_problem(anna: Site, path: str) -> None:
    async with anna.client() as client:
        answer = await client.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "not_found"


async def test_nul_in_an_address_is_refused(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.get(f"{POSTS}/%00")

    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


async def test_a_problem_has_all_its_members(anna: Site) -> None:
    async with anna.client() as client:
        answer = await client.get(f"{POSTS}/nothing", headers={"x-request-id": "a-request-of-mine"})

    problem = answer.json()
    assert problem == {
        "type": f"{anna.url}/api/docs#problem-not_found",
        "title": "Not found",
        "status": 404,
        "detail": "There is no such post.",
        "code": "not_found",
        "request_id": "a-request-of-mine",
    }
    assert answer.headers["x-request-id"] == "a-request-of-mine"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("wanted", "language"), [("ru", "ru"), ("en", "en"), ("de, ru;q=0.5", "ru"), ("de", None), (None, None)]
)
async def test_problems_are_told_in_the_language_asked_for_or_that_of_the_site(
    anna: Site, boris: Site, wanted: str | None, language: str | None
) -> None:
    headers = {"accept-language": wanted} if wanted else {}
    for site, own in ((anna, "en"), (boris, "ru")):
        async with site.client() as client:
            answer = await client.get(f"{POSTS}/nothing", headers=headers)
        spoken = language or own
        assert answer.headers["content-language"] == spoken
        assert (answer.json()["detail"] == "There is no such post.") is (spoken == "en")


@pytest.mark.parametrize(
    "path",
    [f"{POSTS}?tga=x", f"{POSTS}/x?fields=title", "/api/v1/whoami?x", "/api/v1/site?utm_source=x", "/api/v1/trash?q=x"],
)
async def test_unknown_parameters_are_refused(anna: Site, path: str) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.get(path)

    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_parameter")


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=a&q=b", "&".join(f"q{n}=1" for n in range(60))])
async def test_a_query_that_means_nothing_is_refused(anna: Site, query: str) -> None:
    async with anna.client() as client:
        answer = await client.get(f"{POSTS}?{query}")

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"title": "x",}',
        b'{"title": "\xff"}',
        b"\xff\xfe{\x00}\x00",
        b'{"title": "a\\u0000b"}',
        b'{"title": "x", "a\\u0000": 1}',
        b'{"title": "\\ud800"}',
        b'{"title": NaN}',
        b'{"title": ' + b"9" * 10_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 10_000,
    ],
    ids=[
        "empty",
        "cut",
        "comma",
        "utf-8",
        "utf-16",
        "nul",
        "nul-name",
        "surrogate",
        "nan",
        "number",
        "bomb",
        "objects",
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
async def test_a_body_that_is_no_json_is_refused(anna: Site, method: str, body: bytes) -> None:
    path = POSTS if method == "POST" else (await made_post(anna)).path
    headers = {"content-type": "application/json", "if-match": "*"}

    async with anna.client(Role.OWNER) as client:
        answer = await client.request(method, path, content=body, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_body")


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"content-type": "text/plain"},
        {"content-type": "application/x-www-form-urlencoded"},
        {"content-type": "application/merge-patch+json"},
        {"content-type": "application/json; charset=utf-16"},
        {"content-type": "application/json", "content-encoding": "gzip"},
    ],
)
async def test_another_content_type_is_refused(anna: Site, headers: dict[str, str]) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.post(POSTS, content=b'{"title": "x"}', headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_type")


@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_that_is_too_large_is_not_read_to_its_end(anna: Site, is_announced: bool) -> None:
    sent = 0

    async def endless() -> Any:
        nonlocal sent
        for _ in range(100):
            sent += 65536
            yield b" " * 65536

    headers = {"content-type": "application/json", **({"content-length": str(6553600)} if is_announced else {})}
    async with anna.client(Role.OWNER) as client:
        answer = await client.post(POSTS, content=endless(), headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_a_megabyte_of_json_is_accepted(anna: Site) -> None:
    body = json.dumps({"title": "x", "body": "a" * 400_000}).encode()

    async with anna.client(Role.OWNER) as client:
        answer = await client.post(
            POSTS, content=body + b" " * (1024 * 1024 - len(body)), headers={"content-type": "application/json"}
        )

    assert answer.status_code == 201


@pytest.mark.parametrize("authorization", ["Basic abc", "Bearer", "Bearer ", "Bearer v4.local.nonsense", "nonsense"])
@pytest.mark.parametrize("path", [POSTS, "/api/v1/whoami", "/api/v1/site"])
async def test_a_token_that_is_none_is_refused_everywhere(anna: Site, path: str, authorization: str) -> None:
    async with anna.client() as client:
        answer = await client.get(path, headers={"authorization": authorization})

    assert (answer.status_code, answer.json()["code"]) == (401, "session_ended")
    assert answer.headers["www-authenticate"].startswith("Bearer realm=")
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


async def test_cookies_mean_nothing(house: House) -> None:
    token = (await house.anna.sign_in(Role.OWNER))["access_token"]

    async with house.anna.client() as client:
        answer = await client.get("/api/v1/whoami", headers={"cookie": f"terrace={token}; __Host-terrace={token}"})

    assert answer.json()["user"] is None
    assert "set-cookie" not in answer.headers


async def test_answers_are_kept_by_nobody_else(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        read = await client.get(POSTS)
        made = await client.post(POSTS, json={"title": "x"})

    assert read.headers["cache-control"] == "private, no-cache"
    assert read.headers["vary"] == "Accept-Encoding, Authorization"
    assert made.headers["cache-control"] == "no-store"


async def test_slow_bodies_keep_nobody_else_waiting(anna: Site) -> None:
    """More senders than the pool has connections, and all of them dawdle."""
    may_go_on, all_began, senders = asyncio.Event(), asyncio.Event(), set(range(12))

    async def body(sender: int) -> AsyncIterator[bytes]:
        senders.remove(sender)
        if not senders:
            all_began.set()
        yield b'{"title": '
        await may_go_on.wait()
        yield f'"At last {token_hex(4)}"}}'.encode()

    async def send(client: httpx.AsyncClient, sender: int) -> int:
        answer = await client.post(POSTS, content=body(sender), headers={"content-type": "application/json"})
        return answer.status_code

    async with anna.client(Role.AUTHOR) as client:
        sending = [asyncio.create_task(send(client, sender)) for sender in sorted(senders)]
        await asyncio.wait_for(all_began.wait(), 10)
        read = await client.get(POSTS)
        may_go_on.set()
        statuses = await asyncio.gather(*sending)

    assert read.status_code == 200
    assert statuses == [201] * len(sending)


@pytest.mark.parametrize("nothing", ["", "%2F", "%2f%2F", "/"])
async def test_what_has_no_name_is_never_all_of_its_kind(anna: Site, nothing: str) -> None:
    """A program that puts an empty id into an address changes nothing: DELETE /sessions/ ends no session."""
    tokens = await anna.sign_in(Role.OWNER)
    ways = [way for way in WAYS if way.is_api and way.method not in ("GET", "HEAD") and way.path.endswith("}")]
    assert {way.method for way in ways} == {"PUT", "PATCH", "DELETE"}

    answers = {}
    async with anna.client(token=tokens["access_token"]) as client:
        for way in ways:
            path = f"{way.path.rpartition('/')[0]}/{nothing}"
            answers[way] = (await client.request(way.method, path, headers={"if-match": "*"})).status_code
        sessions = (await client.get("/api/v1/sessions")).json()["items"]

    assert set(answers.values()) == {404}
    assert len(sessions) > 1
