"""Events to a real server, and to those that lead elsewhere."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from clients import webhook_courier
from clients.guarded import GuardedResolver, PrivateAddressError
from clients.link_checker import HttpLinkChecker
from clients.webhook_courier import HttpCourier
from core.reach import Reach, address_of
from core.webhooks.deliveries import ANSWER_BYTES, Trouble
from tests.fixtures.receiver import Receiver, receiving

BODY = '{"type":"webhook.test","data":{"title":"Ёж"}}'
HEADERS = {"webhook-id": "msg_1", "webhook-signature": "v1,abc v1,def"}
HERE = Reach(needs_https=False, allows_loopback=True)


def is_written_out(address: str) -> bool:
    """As people write it; other spellings mean nothing to us."""
    return address_of(address) is not None


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as found:
        yield found


async def test_it_arrives_as_it_was_signed(receiver: Receiver) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/hook", BODY, HEADERS)

    ((path, body, headers),) = receiver.heard
    assert (reply.status, reply.body, reply.trouble) == (200, "heard", Trouble.NONE)
    assert (path, body) == ("/hook", BODY)
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert headers["Content-Type"] == "application/json; charset=utf-8"


async def test_only_the_beginning_of_an_answer_is_kept(receiver: Receiver) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/flood", BODY, HEADERS)

    assert len(reply.body) == ANSWER_BYTES
    assert reply.body.startswith("\ufffd\ufffdx")


@pytest.mark.parametrize("status", [400, 404, 410, 500])
async def test_a_refusal_is_told_as_it_is(receiver: Receiver, status: int) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/{status}", BODY, HEADERS)

    assert (reply.status, reply.body, reply.is_success) == (status, "no", False)


@pytest.mark.parametrize(("said", "seconds"), [("120", 120), ("soon", 0), ("-1", 0), ("9" * 30, 0)])
async def test_who_is_busy_says_for_how_long(receiver: Receiver, said: str, seconds: int) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/busy/{said}", BODY, HEADERS)

    assert (reply.status, reply.retry_after) == (503, seconds)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_redirect_gets_the_same_words(receiver: Receiver, status: int) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/{status}/there", BODY, HEADERS)

    assert reply.is_success
    assert [(path, body) for path, body, _ in receiver.heard] == [(f"/{status}/there", BODY), ("/there", BODY)]


async def test_who_sends_us_to_read_something_has_not_heard(receiver: Receiver) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/303/there", BODY, HEADERS)

    assert (reply.status, reply.trouble, len(receiver.heard)) == (303, Trouble.REDIRECTS, 1)


async def test_redirects_end(receiver: Receiver) -> None:
    reply = await HttpCourier(HERE).post(f"{receiver.url}/round", BODY, HEADERS)

    assert (reply.trouble, len(receiver.heard)) == (Trouble.REDIRECTS, webhook_courier.HOPS + 1)


@pytest.mark.parametrize(
    "address",
    [
        *("169.254.169.254", "10.0.0.1", "192.168.0.1", "[fe80::1]", "[::ffff:169.254.169.254]"),
        *("[64:ff9b::a9fe:a9fe]", "2852039166", "0xa9fe.0xa9fe", "224.0.0.1", "[::a9fe:a9fe]"),
    ],
)
async def test_a_redirect_to_a_private_address_is_refused_in_any_spelling(receiver: Receiver, address: str) -> None:
    way = f"{receiver.url}/307/there?to=http://{address}:1/latest/meta-data"

    reply = await HttpCourier(HERE).post(way, BODY, HEADERS)

    assert (reply.status, len(receiver.heard)) == (None, 1)
    assert reply.trouble is (Trouble.PRIVATE if is_written_out(address) else Trouble.UNREACHABLE)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "127.1", "[::1]", "0.0.0.0"])  # noqa: S104 - refused
async def test_this_machine_is_private_unless_it_was_said(receiver: Receiver, host: str) -> None:
    port = receiver.url.rpartition(":")[2]

    reply = await HttpCourier(Reach(needs_https=False)).post(f"http://{host}:{port}/", BODY, HEADERS)

    assert receiver.heard == []
    assert reply.trouble is not Trouble.NONE


async def test_a_link_is_not_checked_on_this_machine_in_another_spelling(receiver: Receiver) -> None:
    port = receiver.url.rpartition(":")[2]

    assert await HttpLinkChecker().check(f"http://2130706433:{port}/") == "unreachable"
    assert receiver.heard == []


async def test_the_address_that_was_looked_at_is_the_one_connected_to(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name server has another answer each time: the first is allowed, all others lead inside."""
    answers, asked = iter(["127.0.0.1"]), []

    async def lookup(_: object, host: str, port: int, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers, "169.254.169.254"), port))]

    monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", lookup)
    url = receiver.url.replace("127.0.0.1", "changing.example")

    first = await HttpCourier(HERE).post(url, BODY, HEADERS)
    second = await HttpCourier(HERE).post(url, BODY, HEADERS)

    assert (first.status, second.trouble) == (200, Trouble.PRIVATE)
    assert (asked, len(receiver.heard)) == (["changing.example"] * 2, 1)


async def test_of_several_addresses_only_public_ones_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    async def lookup(_: object, host: str, port: int, **__: object) -> list[tuple[object, ...]]:
        found = ("10.0.0.1", "93.184.215.14")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(asyncio.get_running_loop().__class__, "getaddrinfo", lookup)
    resolver = GuardedResolver(Reach().allows)

    assert [one["host"] for one in await resolver.resolve("both.example", 443)] == ["93.184.215.14"]
    with pytest.raises(PrivateAddressError):
        await GuardedResolver(lambda _: False).resolve("both.example", 443)


async def test_what_is_not_encrypted_is_refused_in_production(receiver: Receiver) -> None:
    reply = await HttpCourier(Reach(allows_loopback=True)).post(receiver.url, BODY, HEADERS)

    assert (reply.trouble, receiver.heard) == (Trouble.INSECURE, [])


async def test_a_certificate_is_looked_at(receiver: Receiver) -> None:
    reply = await HttpCourier(HERE).post(receiver.url.replace("http:", "https:"), BODY, HEADERS)

    assert reply.trouble in (Trouble.CERTIFICATE, Trouble.UNREACHABLE)
    assert receiver.heard == []


async def test_nobody_waits_longer_than_that(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook_courier, "SECONDS", 0.2)

    reply = await HttpCourier(HERE).post(f"{receiver.url}/silent", BODY, HEADERS)

    assert (reply.status, reply.trouble) == (None, Trouble.TIMEOUT)


@pytest.mark.parametrize("url", ["ftp://example.org/", "http:///", "http://127.0.0.1:1/", "not an address"])
async def test_what_cannot_be_reached_raises_nothing(url: str) -> None:
    assert (await HttpCourier(HERE).post(url, BODY, HEADERS)).trouble is Trouble.UNREACHABLE
