"""What nginx lets through, what it drops and what it answers itself."""

import asyncio
import json
import ssl
from dataclasses import dataclass

import pytest

from tests.production.door import Door, eventually, run_script
from tests.production.echo import Echo


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def trusting(door: Door) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(door.certs / "default.crt"))


async def ask(door: Door, *lines: str, tls: bool = True, name: str = "anna.example", body: bytes = b"") -> Answer:
    """Send exactly these lines over a raw connection and read the one answer."""
    context = trusting(door) if tls else None
    port = door.https if tls else door.http
    reader, writer = await asyncio.open_connection(
        "127.0.0.1", port, ssl=context, server_hostname=name if tls else None
    )
    writer.write("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body)
    await writer.drain()
    async with asyncio.timeout(10):
        head = await reader.readuntil(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        headers = {key.lower(): value for key, _, value in (field.partition(": ") for field in fields)}
        content = await reader.readexactly(int(headers["content-length"]))
    writer.close()
    return Answer(status=int(status.split()[1]), headers=headers, body=content)


async def test_host_and_path_arrive_as_they_were_sent(door: Door, echo: Echo) -> None:
    answer = await ask(door, "GET /a%2Fb//c/../d?x=%20+1 HTTP/1.1", "Host: AnNa.Example.:8443")

    assert answer.status == 201
    assert echo.received[0].line == "GET /a%2Fb//c/../d?x=%20+1 HTTP/1.1"
    assert echo.received[0].all("Host") == ["AnNa.Example.:8443"]


async def test_an_unknown_host_is_left_to_the_application(door: Door, echo: Echo) -> None:
    assert (await ask(door, "GET / HTTP/1.1", "Host: nobody.example")).status == 201
    assert echo.received[0].all("Host") == ["nobody.example"]


async def test_what_a_client_claims_about_itself_is_dropped(door: Door, echo: Echo) -> None:
    await ask(
        door,
        "GET / HTTP/1.1",
        "Host: anna.example",
        "X-Forwarded-For: 6.6.6.6",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Port: 1",
        "X-Real-IP: 6.6.6.6",
        "Forwarded: for=6.6.6.6;host=evil.example",
    )

    request = echo.received[0]
    assert request.all("X-Forwarded-For") == ["127.0.0.1"]
    assert request.all("X-Forwarded-Proto") == ["https"]
    for name in ("X-Forwarded-Host", "X-Forwarded-Port", "X-Real-IP", "Forwarded"):
        assert request.all(name) == []


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(("GET / HTTP/1.1", "Host: anna.example", "Host: boris.example"), id="two hosts"),
        pytest.param(("GET / HTTP/1.1", "Host: anna.example", "Host: anna.example"), id="one host twice"),
        pytest.param(("GET / HTTP/1.1",), id="no host"),
        pytest.param(("GET / HTTP/1.0",), id="no host, HTTP/1.0"),
        pytest.param(("GET https://boris.example/ HTTP/1.1", "Host: anna.example"), id="another authority"),
    ],
)
@pytest.mark.parametrize("tls", [True, False])
async def test_a_request_for_no_one_host_is_refused(door: Door, echo: Echo, lines: tuple[str, ...], tls: bool) -> None:
    assert (await ask(door, *lines, tls=tls)).status == 400
    assert echo.received == []


async def test_an_absolute_form_for_the_same_host_passes(door: Door, echo: Echo) -> None:
    assert (await ask(door, "GET https://anna.example/x HTTP/1.1", "Host: Anna.example:443")).status == 201
    assert echo.received[0].line == "GET /x HTTP/1.1"


async def test_answers_are_not_touched(door: Door, echo: Echo) -> None:
    answer = await ask(door, "GET / HTTP/1.1", "Host: anna.example", "Accept-Encoding: gzip, br")

    assert "content-encoding" not in answer.headers
    assert answer.headers["etag"] == '"7-identity"'
    assert answer.headers["location"] == "http://terrace/somewhere"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["server"] == "nginx"


async def test_a_body_within_the_limit_arrives_whole(door: Door, echo: Echo) -> None:
    body = b"x" * 3_000_000

    answer = await ask(
        door, "POST /api/v1/media HTTP/1.1", "Host: anna.example", f"Content-Length: {len(body)}", body=body
    )

    assert answer.status == 201
    assert echo.received[0].body_length == len(body)


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read(door: Door, echo: Echo) -> None:
    length = f"Content-Length: {32 * 1024 * 1024 + 1}"

    program = await ask(door, "POST /api/v1/media HTTP/1.1", "Host: anna.example", length)
    person = await ask(door, "POST /admin/media HTTP/1.1", "Host: anna.example", length)

    assert (program.status, program.headers["content-type"]) == (413, "application/problem+json")
    assert json.loads(program.body)["status"] == 413
    assert (person.status, person.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert echo.received == []


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("0f8fad5b-d9cb-469f-a165-70867728950e", True), ("short", False), ('x"} injected', False), ("a" * 65, False)],
)
async def test_a_request_id_is_kept_when_it_is_sane(door: Door, echo: Echo, sent: str, is_kept: bool) -> None:
    await ask(door, "GET / HTTP/1.1", "Host: anna.example", f"X-Request-ID: {sent}")

    (arrived,) = echo.received[0].all("X-Request-ID")
    assert (arrived == sent) is is_kept
    assert len(arrived) >= 8


async def test_plain_http_is_sent_on_to_https(door: Door, echo: Echo) -> None:
    answer = await ask(door, "POST /blog/x?page=2 HTTP/1.1", "Host: Anna.example:8080", tls=False)

    assert (answer.status, answer.headers["location"]) == (308, "https://anna.example/blog/x?page=2")
    assert echo.received == []


async def test_health_and_challenges_answer_on_plain_http(door: Door, echo: Echo) -> None:
    challenge = door.folder / "www" / ".well-known" / "acme-challenge"
    challenge.mkdir(parents=True, exist_ok=True)
    (challenge / "token").write_text("token.thumb")

    ready = await ask(door, "GET /health/ready HTTP/1.1", "Host: anything", tls=False)
    asked = await ask(door, "GET /.well-known/acme-challenge/token HTTP/1.1", "Host: anna.example", tls=False)

    assert (ready.status, asked.body) == (201, b"token.thumb")
    assert [request.line for request in echo.received] == ["GET /health/ready HTTP/1.1"]


async def test_when_the_application_is_away_the_door_says_so(door: Door) -> None:
    page = await ask(door, "GET /blog HTTP/1.1", "Host: anna.example")
    problem = await ask(door, "GET /api/v1/posts HTTP/1.1", "Host: anna.example", "X-Request-ID: my-own-request")

    assert (page.status, problem.status) == (503, 503)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["retry-after"] == problem.headers["retry-after"] == "5"
    assert page.headers["cache-control"] == "no-store"
    assert problem.headers["x-request-id"] == "my-own-request"
    assert json.loads(problem.body)["request_id"] == "my-own-request"


async def test_the_log_holds_no_secret_paths_and_no_queries(door: Door, echo: Echo) -> None:
    for path in (
        "/invitations/tok-1",
        "/password-reset/tok-2",
        "/email-change/tok-4",
        "/preview/tok-3",
        "/blog?q=private-words",
    ):
        await ask(door, f"GET {path} HTTP/1.1", "Host: anna.example")

    async def is_logged() -> bool:
        return '"/blog"' in door.access_log.read_text()

    await eventually(is_logged)
    log = door.access_log.read_text()
    logged = [json.loads(line)["url.path"] for line in log.splitlines()]
    assert {"/invitations/-", "/password-reset/-", "/email-change/-", "/preview/-", "/blog"} <= set(logged)
    assert "tok-" not in log
    assert "private-words" not in log


async def test_old_tls_is_refused_and_http2_offered(door: Door, echo: Echo) -> None:
    old = trusting(door)
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    old.set_alpn_protocols(["h2", "http/1.1"])
    _, writer = await asyncio.open_connection("127.0.0.1", door.https, ssl=old, server_hostname="boris.example")
    agreed: ssl.SSLObject = writer.get_extra_info("ssl_object")
    assert (agreed.version(), agreed.selected_alpn_protocol()) == ("TLSv1.3", "h2")
    writer.close()

    assert "ssl_protocols TLSv1.2 TLSv1.3;" in door.config.read_text()


async def test_the_local_face_speaks_plain_http(local_door: Door) -> None:
    echo = Echo()
    await echo.start(local_door.app)

    answer = await ask(local_door, "GET / HTTP/1.1", "Host: anna.localhost:8080", tls=False)
    await echo.stop()

    assert answer.status == 201
    assert echo.received[0].all("Host") == ["anna.localhost:8080"]
    assert echo.received[0].all("X-Forwarded-Proto") == ["http"]


async def test_a_name_with_its_own_certificate_shows_it_after_a_reload(door: Door, echo: Echo) -> None:
    trial = (door.certs / "default.key").read_text() + (door.certs / "default.crt").read_text()
    run_script("put-cert.sh", door, "boris.example", given=trial).check_returncode()
    run_script("make-cert.sh", door, "anna.example", "boris.example").check_returncode()
    own = ssl.create_default_context(cafile=str(door.certs / "boris.example.crt"))

    async def is_reloaded() -> bool:
        return await _accepts(trusting(door), door, "anna.example")

    door.reload()
    await eventually(is_reloaded)

    assert await _accepts(own, door, "boris.example")
    assert not await _accepts(own, door, "anna.example")


async def _accepts(context: ssl.SSLContext, door: Door, name: str) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", door.https, ssl=context, server_hostname=name)
    except ssl.SSLCertVerificationError:
        return False
    writer.close()
    return True
