"""What operators and their programs look at."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from core.mail import Postman, WrittenLetter
from entrypoints.http import health as health_module
from entrypoints.http.health import Health, HealthReport
from entrypoints.http.options import HttpOptions
from entrypoints.http.outbox import OutboxWindow
from tests.api.house import House
from tests.http.wire import Wire

LETTER = WrittenLetter(
    id="0" * 32,
    to="olga@example.org",
    sender_name="Anna",
    host="anna.example",
    subject="<script>alert(1)</script>",
    text="https://anna.example/invitations/abc\n",
    html="<p>Hello</p>",
)
ALL_WELL = HealthReport(database=True, platform=True, storage=True, behind=0)


class Checks:
    def __init__(self, report: HealthReport | None = None) -> None:
        self.report = report
        self.looked = 0

    async def look(self) -> HealthReport:
        self.looked += 1
        if self.report is None:
            raise OSError("no route")
        return self.report

    def connections_in_use(self) -> int:
        return 0


class Hanging(Checks):
    """A database that is silent, and whose queries cannot even be cancelled."""

    def __init__(self, report: HealthReport) -> None:
        super().__init__(report)
        self.goes_on = asyncio.Event()

    async def look(self) -> HealthReport:
        await self.goes_on.wait()
        return await super().look()


@pytest.mark.parametrize(
    ("report", "status"),
    [
        (ALL_WELL, "ok"),
        (HealthReport(database=True, platform=True, storage=False, behind=0), "degraded"),
        (HealthReport(database=True, platform=True, storage=True, behind=2), "degraded"),
        (HealthReport(database=True, platform=False, storage=True, behind=0), "unavailable"),
        (HealthReport(database=False, platform=False, storage=True, behind=0), "unavailable"),
        (None, "unavailable"),
    ],
)
async def test_how_things_are(report: HealthReport | None, status: str) -> None:
    assert (await Health(Checks(report)).report()).status == status


async def test_many_probes_look_once_a_second() -> None:
    checks = Checks(ALL_WELL)
    health = Health(checks)
    await asyncio.gather(*(health.report() for _ in range(50)))
    assert checks.looked == 1


async def test_a_check_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_module, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(health_module, "KEPT_SECONDS", 0.0)
    checks = Hanging(ALL_WELL)
    health = Health(checks)
    assert [(await health.report()).status for _ in range(2)] == ["unavailable", "unavailable"]
    assert checks.looked == 0
    checks.goes_on.set()
    assert (await health.report()).status == "ok"
    assert checks.looked == 1
    checks.goes_on.clear()
    assert (await health.report()).status == "unavailable"
    await health.close()


@pytest.fixture
async def operator(house: House) -> AsyncIterator[httpx.AsyncClient]:
    port = (await house.container.get(HttpOptions)).ops_port
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
        yield client


async def metrics_with(operator: httpx.AsyncClient, line: str) -> str:
    """A request is counted when all is tidied up behind it, a moment after its answer."""
    text = ""
    for _ in range(100):
        text = (await operator.get("/metrics")).text
        if line in text:
            break
        await asyncio.sleep(0.05)
    assert line in text
    return text


async def test_the_operators_door(operator: httpx.AsyncClient, wire: Wire) -> None:
    health = (await operator.get("/health")).json()
    assert (health["status"], health["database"], health["behind"]) == ("ok", True, 0)
    await wire.ask("/blog/nothing-here", "Host: anna.localhost")
    text = await metrics_with(operator, 'terrace_requests_total{method="GET",route="/blog/{slug}",status="404"}')
    assert "nothing-here" not in text
    assert "anna" not in text
    for domain, status in (
        ("anna.example", 200),
        ("ANNA.localhost.", 200),
        ("x.example", 404),
        ("", 404),
        ("%00", 404),
    ):
        assert (await operator.get(f"/tls/ask?domain={domain}")).status_code == status
    assert (await operator.get("/tls/ask")).status_code == 404
    assert (await operator.get("/")).status_code == 404
    assert (await operator.post("/metrics")).status_code == 405


async def test_letters_that_were_not_sent_are_shown_to_the_operator(house: House, operator: httpx.AsyncClient) -> None:
    spool = await house.container.get(Postman)
    await spool.deliver(LETTER)

    [letter] = [one for one in (await operator.get("/outbox.json")).json()["letters"] if one["to"] == LETTER.to]
    assert (letter["subject"], letter["text"]) == (LETTER.subject, LETTER.text)
    listed = (await operator.get("/outbox")).text
    assert f'href="/outbox/{letter["name"]}"' in listed
    assert "<script>" not in listed
    shown = (await operator.get(f"/outbox/{letter['name']}")).text
    assert "https://anna.example/invitations/abc" in shown
    alone = await operator.get(f"/outbox/{letter['name']}.html")
    assert alone.headers["content-security-policy"].startswith("sandbox")
    assert alone.text.strip() == LETTER.html
    for path in ("/outbox/", "/outbox/x", "/outboxes", "/outbox/../x", f"/outbox/{letter['name']}.txt"):
        assert (await operator.get(path)).status_code == 404


async def test_where_letters_are_sent_nothing_is_shown() -> None:
    assert await OutboxWindow(None).show("/outbox") is None


async def test_readiness_says_no_more_than_it_must(wire: Wire) -> None:
    answer = await wire.ask("/health/ready", "Host: x")
    assert json.loads(answer.body) == {"status": "ok"}
