"""Ten thousand messages from a thousand clients at one site: its neighbour answers as before."""

from __future__ import annotations

import asyncio
import re
import statistics
import sys
import time
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import Awaitable, Callable

import httpx
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from bench.deployment import PASSWORD, ROOT, Deployment
from bench.report import Figure

POSTS = 10_000
CLIENTS = 1_000
AT_ONCE = 16
"""So many requests of the flood are under way at any moment."""
ROUNDS = 60
PAUSE = 0.1
PROMISED = 2.0
_FIELD = r'name="{}" value="([^"]*)"'


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    shown = await deployment.terrace("tenants", "show", "boris")
    await deployment.start_app(TERRACE_WORKERS="1", TERRACE_TRUSTED_PROXIES='["127.0.0.1"]')
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    neighbour = _Neighbour(deployment, shown["schema"])
    await neighbour.times(10)
    quiet = await neighbour.times(ROUNDS)
    flood = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.prove.contacts", str(deployment.port)), stdout=PIPE, cwd=ROOT
    )
    if flood.stdout is None:
        raise RuntimeError("the flood has no pipe")
    await flood.stdout.readline()
    loud = await neighbour.times(ROUNDS, until=flood)
    answers = Counter((await flood.stdout.read()).decode().split())
    return [
        *(
            Figure(name=f"{name} of the neighbour, quiet", value=statistics.median(quiet[name]), unit="ms")
            for name in quiet
        ),
        *(
            Figure(
                name=f"{name} of the neighbour meanwhile",
                value=statistics.median(loud[name]) / statistics.median(quiet[name]),
                unit="× its quiet time",
                limit=PROMISED,
            )
            for name in quiet
        ),
        Figure(name="times measured meanwhile", value=len(loud["form"]), limit=10, is_minimum=True),
        Figure(name="messages taken", value=answers["303"], limit=100),
        Figure(name="refused for their number", value=answers["429"], limit=POSTS * 0.98, is_minimum=True),
        Figure(name="other answers", value=answers.total() - answers["303"] - answers["429"], limit=0),
    ]


class _Neighbour:
    def __init__(self, deployment: Deployment, schema: str) -> None:
        self._deployment = deployment
        self._schema = sql.Identifier(schema)

    async def times(self, rounds: int, *, until: asyncio.subprocess.Process | None = None) -> dict[str, list[float]]:
        """In milliseconds, by what was asked for; no longer than *until* lives."""
        found: dict[str, list[float]] = {"form": [], "sign-in": []}
        database = str(conninfo_to_dict(self._deployment.addresses.app_url)["dbname"])
        address = make_conninfo(self._deployment.addresses.superuser_url, dbname=database)
        async with (
            self._deployment.visitor("boris.localhost") as visitor,
            await psycopg.AsyncConnection.connect(address, autocommit=True) as forgiving,
        ):
            for _ in range(rounds):
                if until is not None and until.returncode is not None:
                    break
                await forgiving.execute(sql.SQL("DELETE FROM {}.rate_limits").format(self._schema))
                found["form"].append(await _took(lambda: visitor.get("/contacts"), httpx.codes.OK))
                found["sign-in"].append(await _took(lambda: _sign_in(visitor), httpx.codes.CREATED))
                await asyncio.sleep(PAUSE)
        return found


async def _took(ask: Callable[[], Awaitable[httpx.Response]], wanted: int) -> float:
    began = time.perf_counter()
    answer = await ask()
    taken = (time.perf_counter() - began) * 1000
    if answer.status_code != wanted:
        raise AssertionError(f"{answer.request.url}: {answer.status_code} {answer.text[:300]}")
    return taken


async def _sign_in(visitor: httpx.AsyncClient) -> httpx.Response:
    return await visitor.post("/api/v1/sessions", json={"email": "boris@boris.example", "password": PASSWORD})


async def flood(port: int) -> None:
    """In a process of its own, so that it takes no time from whoever measures; prints each answer's status."""
    host = f"anna.localhost:{port}"
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers={"Host": host}, timeout=60) as client:
        page = await client.get("/contacts")
        fields = {name: re.findall(_FIELD.format(name), page.text)[0] for name in ("csrf_token", "stamp")}
        todo = iter(range(POSTS))
        print("begun", flush=True)

        async def send() -> None:
            for number in todo:
                words = {"name": "Flood", "email": f"f{number}@example.org", "text": f"Message {number:b}"}
                client_address = f"10.0.{number % CLIENTS // 250}.{number % 250}"
                headers = {"X-Forwarded-For": client_address, "Origin": f"http://{host}"}
                answer = await client.post("/contacts", data={**fields, **words}, headers=headers)
                print(answer.status_code)

        await asyncio.gather(*(send() for _ in range(AT_ONCE)))


if __name__ == "__main__":
    asyncio.run(flood(int(sys.argv[1])))
