"""Whether somebody has an account shows in no answer and in no time; and signing in stops nobody else."""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from itertools import product

import httpx
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.deployment import PASSWORD, Deployment
from bench.report import Figure

TRIES = 200
KNOWN, UNKNOWN = "anna@anna.example", "nobody@anna.example"
APART = 0.1
"""How far from a coin's toss it may be which of two times is the longer one: three and a half times what chance does
to 200 of each."""
AT_ONCE = 20
LAG_MS = 50.0
TICK = 0.002
IDLE = 2.0
_TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
Ask = Callable[[str], Awaitable[httpx.Response]]


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    shown = await deployment.terrace("tenants", "show", "anna")
    await deployment.start_app(TERRACE_WORKERS="1")
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    async with deployment.visitor("anna.localhost") as visitor:
        counters = _Counters(deployment, shown["schema"])
        figures = [
            *await _enumeration("sign-in", counters, lambda email: _sign_in(visitor, email)),
            *await _enumeration("new password", counters, await _resets(visitor)),
        ]
    await deployment.stop_app()
    return [*figures, *await _lag(deployment, counters)]


class _Counters:
    """How often somebody tried something, which is no matter here."""

    def __init__(self, deployment: Deployment, schema: str) -> None:
        database = str(conninfo_to_dict(deployment.addresses.app_url)["dbname"])
        self._address = make_conninfo(deployment.addresses.superuser_url, dbname=database)
        self._forget = sql.SQL("DELETE FROM {}.rate_limits").format(sql.Identifier(schema))

    async def forget(self) -> None:
        async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as connection:
            await connection.execute(self._forget)


async def _sign_in(visitor: httpx.AsyncClient, email: str) -> httpx.Response:
    return await visitor.post("/api/v1/sessions", json={"email": email, "password": "not the password"})


async def _resets(visitor: httpx.AsyncClient) -> Ask:
    """As the page's form does it."""
    page = await visitor.get("/password-reset")
    token = _TOKEN.findall(page.text)[0]
    origin = {"Origin": f"http://{visitor.headers['host']}"}

    async def ask(email: str) -> httpx.Response:
        return await visitor.post("/password-reset", data={"csrf_token": token, "email": email}, headers=origin)

    return ask


async def _enumeration(name: str, counters: _Counters, ask: Ask) -> list[Figure]:
    """TRIES with an address that somebody has and as many with one that nobody has, by turns."""
    times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    looks: Counter[tuple[str, int, str, str]] = Counter()
    for number in range(TRIES):
        if number % 4 == 0:
            await counters.forget()
        for email in (KNOWN, UNKNOWN) if number % 2 else (UNKNOWN, KNOWN):
            began = time.perf_counter()
            answer = await ask(email)
            times[email].append((time.perf_counter() - began) * 1000)
            body = re.sub(r"[0-9a-f]{32}", "-", answer.text)
            looks[email, answer.status_code, answer.headers.get("location", ""), body] += 1
    kinds = {look[1:] for look in looks}
    apart = abs(_longer(times[KNOWN], times[UNKNOWN]) - 0.5)
    return [
        Figure(name=f"{name}: answers that differ in status or text", value=len(kinds) - 1, limit=0),
        Figure(name=f"{name}: median, somebody's address", value=_median(times[KNOWN]), unit="ms"),
        Figure(name=f"{name}: median, nobody's address", value=_median(times[UNKNOWN]), unit="ms"),
        Figure(name=f"{name}: how far the times tell them apart (0.5: always)", value=apart, limit=APART),
    ]


def _longer(ones: Sequence[float], others: Sequence[float]) -> float:
    """How probably one of *ones* is longer than one of *others* (Mann and Whitney's U, as a share)."""
    wins = sum(1.0 if one > other else 0.5 if one == other else 0.0 for one, other in product(ones, others))
    return wins / (len(ones) * len(others))


def _median(times: Sequence[float]) -> float:
    return sorted(times)[len(times) // 2]


async def _lag(deployment: Deployment, counters: _Counters) -> list[Figure]:
    """In this process, where the loop can be watched."""
    os.environ.update({**deployment.environment, "TERRACE_LOG_LEVEL": "ERROR", "TERRACE_WORKERS": "1"})
    from main import create_app

    app = create_app()
    await counters.forget()
    async with app.standing():
        transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # httpx types scopes as plain dicts
        url = f"http://anna.localhost:{deployment.port}"
        async with httpx.AsyncClient(transport=transport, base_url=url, timeout=60) as client:
            credentials = {"email": KNOWN, "password": PASSWORD}
            (await client.post("/api/v1/sessions", json=credentials)).raise_for_status()
            await counters.forget()
            idle: list[float] = []
            resting = asyncio.create_task(_watch(idle))
            await asyncio.sleep(IDLE)
            resting.cancel()
            lags: list[float] = []
            watching = asyncio.create_task(_watch(lags))
            # An account has ten tries: half of them know it, the others do not.
            asked = [client.post("/api/v1/sessions", json=_one_of(number)) for number in range(AT_ONCE)]
            answers = Counter(answer.status_code for answer in await asyncio.gather(*asked))
            watching.cancel()
    return [
        Figure(name=f"{AT_ONCE} sign-ins at once: let in", value=answers[201], limit=AT_ONCE / 2, is_minimum=True),
        Figure(name="the loop's longest lag with nothing to do (the machine's own)", value=max(idle) * 1000, unit="ms"),
        Figure(name="the loop's longest lag meanwhile", value=max(lags) * 1000, unit="ms", limit=LAG_MS),
        Figure(name="looks at the loop meanwhile", value=len(lags), limit=20, is_minimum=True),
    ]


def _one_of(number: int) -> dict[str, str]:
    return {"email": KNOWN if number % 2 else f"{number}@anna.example", "password": PASSWORD}


async def _watch(lags: list[float]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(TICK)
        lags.append(loop.time() - began - TICK)
