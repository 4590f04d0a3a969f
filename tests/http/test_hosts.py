"""Which site a request is for, over raw sockets."""

import json

import pytest

from tests.api.house import House
from tests.http.wire import Wire

ANNA = "Host: anna.localhost"


@pytest.mark.parametrize(
    "host",
    [
        "anna.localhost",
        "ANNA.localhost",
        "anna.localhost.",
        "anna.localhost:8000",
        "anna.localhost.:80",
        "Anna.LocalHost.",
    ],
)
async def test_a_name_is_matched_in_any_spelling(wire: Wire, host: str) -> None:
    answer = await wire.ask("/", f"Host: {host}")
    assert answer.status == 200
    assert b"Anna" in answer.body


@pytest.mark.parametrize(
    "host",
    ["unknown.example", "localhost", "127.0.0.1", "[::1]", "xanna.localhost", "anna.localhost.evil.example",
     "a b", "%00", "anna.localhost@evil.example", "x" * 300, "xn--", "anna..localhost"],
)  # fmt: skip
async def test_whatever_is_unknown_gets_the_same(wire: Wire, host: str) -> None:
    one, other = await wire.ask("/", f"Host: {host}"), await wire.ask("/", "Host: other.example")
    assert (one.status, one.body) == (421, other.body)
    differing = {"date", "x-request-id"}
    assert {n: v for n, v in one.headers.items() if n not in differing} == {
        n: v for n, v in other.headers.items() if n not in differing
    }
    assert "set-cookie" not in one.headers
    assert b"anna" not in one.body.lower()
    assert one.headers["x-request-id"]


@pytest.mark.parametrize("path", ["/", "/blog", "/login", "/admin", "/static/css/site.css", "/blog/%00", "/blog/"])
async def test_an_unknown_host_hides_every_path_alike(wire: Wire, path: str) -> None:
    answer = await wire.ask(path, "Host: unknown.example")
    assert answer.status == 421
    assert answer.body == (await wire.ask("/", "Host: unknown.example")).body


async def test_programs_get_a_problem(wire: Wire) -> None:
    answer = await wire.ask("/api/v1/posts", "Host: unknown.example", "X-Request-ID: abcdefgh-1")
    assert answer.status == 421
    assert answer.headers["content-type"] == "application/problem+json"
    problem = json.loads(answer.body)
    assert (problem["status"], problem["code"], problem["request_id"]) == (421, "unknown_host", "abcdefgh-1")


@pytest.mark.parametrize(
    "headers",
    [
        [],
        ["Host:"],
        [ANNA, ANNA],
        [ANNA, "Host: boris.localhost"],
        ["Host: boris.localhost", ANNA],
    ],
)
async def test_there_is_exactly_one_host(wire: Wire, headers: list[str]) -> None:
    assert (await wire.ask("/", *headers)).status == 400


@pytest.mark.parametrize(
    "target",
    ["http://boris.localhost/", "http://boris.localhost", "http://unknown.example/blog", "http://anna.localhost:99/"],
)
async def test_an_absolute_target_that_differs_is_refused(wire: Wire, target: str) -> None:
    assert (await wire.ask(target, ANNA)).status == 400


@pytest.mark.parametrize(
    "target", ["http://anna.localhost/blog", "HTTP://ANNA.localhost:80/blog", "http://anna.localhost./blog"]
)
async def test_an_absolute_target_that_agrees_is_served(wire: Wire, target: str) -> None:
    assert (await wire.ask(target, ANNA)).status == 200


async def test_an_absolute_target_without_a_path_is_the_home_page(wire: Wire) -> None:
    assert (await wire.ask("http://anna.localhost?x=1", ANNA)).status == 200


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_an_alias_leads_to_the_primary(wire: Wire, house: House, method: str) -> None:
    answer = await wire.ask("/blog/?q=%D1%91&x=1", "Host: Anna.Example:443", method=method)
    assert answer.status == 308
    assert answer.headers["location"] == f"{house.anna.url}/blog?q=%D1%91&x=1"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
async def test_a_write_to_an_alias_is_told_where_to_go(wire: Wire, house: House, method: str) -> None:
    answer = await wire.ask("/api/v1/posts", "Host: anna.example", method=method)
    assert answer.status == 421
    assert answer.headers["content-type"] == "application/problem+json"
    problem = json.loads(answer.body)
    assert problem["primary"] == house.anna.url
    assert house.anna.url in problem["detail"]


async def test_what_a_stranger_forwards_does_not_count(wire: Wire) -> None:
    answer = await wire.ask(
        "/", ANNA, "X-Forwarded-Host: boris.localhost", "X-Forwarded-For: 1.2.3.4", "Forwarded: host=x"
    )
    assert b"Anna" in answer.body
    assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/blog/", "/blog"),
        ("/blog//", "/blog"),
        ("//blog", "/blog"),
        ("//evil.example/", "/evil.example"),
        ("///evil.example/%2e%2e/", "/evil.example/%2e%2e"),
        ("/blog/?page=2", "/blog?page=2"),
        ("/api/v1/posts/", "/api/v1/posts"),
        ("//", "/"),
    ],
)
async def test_needless_slashes_are_led_away(wire: Wire, path: str, location: str) -> None:
    for method in ("GET", "HEAD"):
        answer = await wire.ask(path, ANNA, method=method)
        assert (answer.status, answer.headers["location"]) == (308, location)
    assert (await wire.ask(path, ANNA, method="POST")).status == 404


@pytest.mark.parametrize("path", ["/blog/%2F", "/blog/%2f%2F", "/%2Fblog", "/blog%2F", "/%2F"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_slashes_in_disguise_lead_nowhere(wire: Wire, path: str, method: str) -> None:
    assert (await wire.ask(path, ANNA, method=method)).status == 404


@pytest.mark.parametrize(
    "target", ["/blog/%00", "/blog/%ff", "/%C0%AF", "/blog?q=%00", "/blog?q=%ff", "/blog?%E0%80%80=1", "/%ED%A0%80"]
)
async def test_what_cannot_be_read_is_refused(wire: Wire, target: str) -> None:
    answer = await wire.ask(target, ANNA)
    assert answer.status == 400
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("target", ["/blog?q=%D1%91", "/blog?q=100%", "/blog?q=%zz", "/blog?q=%F0%9F%98%80"])
async def test_what_can_be_read_is_served(wire: Wire, target: str) -> None:
    assert (await wire.ask(target, ANNA)).status == 200


@pytest.mark.parametrize(
    ("given", "is_kept"),
    [
        ("abcdefgh", True),
        ("A-b_9" * 5, True),
        ("short", False),
        ("x" * 65, False),
        ("a b c d e f", False),
        ("<script>1", False),
    ],
)
async def test_a_sane_request_id_is_kept(wire: Wire, given: str, is_kept: bool) -> None:
    for host in (ANNA, "Host: unknown.example"):
        answer = await wire.ask("/", host, f"X-Request-ID: {given}")
        assert (answer.headers["x-request-id"] == given) is is_kept
        assert len(answer.headers["x-request-id"]) >= 8


async def test_two_request_ids_are_none(wire: Wire) -> None:
    answer = await wire.ask("/", ANNA, "X-Request-ID: abcdefgh", "X-Request-ID: ijklmnop")
    assert answer.headers["x-request-id"] not in ("abcdefgh", "ijklmnop")


@pytest.mark.parametrize("host", [ANNA, "Host: unknown.example", "Host: 10.0.0.1:8000"])
async def test_probes_are_answered_on_any_host(wire: Wire, host: str) -> None:
    for path, body in (("/health/live", {"status": "ok"}), ("/health/ready", {"status": "ok"})):
        answer = await wire.ask(path, host)
        assert (answer.status, json.loads(answer.body)) == (200, body)
        assert answer.headers["cache-control"] == "no-store"
    assert (await wire.ask("/health/live", host, method="POST")).status == 405
    assert (await wire.ask("/health/else", host)).status == 404


async def test_head_has_no_body_and_the_connection_stays_good(wire: Wire) -> None:
    pair = (
        b"HEAD /blog HTTP/1.1\r\nHost: anna.localhost\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: anna.localhost\r\n\r\n"
    )
    first = await wire.send(pair)
    assert first.status == 200
    assert int(first.headers["content-length"]) > 1000
    assert "etag" in first.headers


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: anna.localhost\r\nBad Header: x\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
    ],
)
async def test_what_is_no_http_gets_an_id_all_the_same(wire: Wire, request_bytes: bytes) -> None:
    answer = await wire.send(request_bytes)
    assert answer.status == 400
    assert len(answer.headers["x-request-id"]) == 32
