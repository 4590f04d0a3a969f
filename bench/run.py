"""`make bench`: CPU of the server per request, medians of five runs, and ratios to a bare ASGI application."""

from __future__ import annotations

import asyncio
import os
import statistics
import sys
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from bench.deployment import NO_CERTIFICATES, ROOT, Deployment, free_port, running
from bench.report import Figure, keep

RUNS = 5
REQUESTS = 400
CLIENTS = 4
TICKS = os.sysconf("SC_CLK_TCK")
HOST = "anna.localhost"
BARE = """
import sys, uvicorn
BODY = b"x" * 12_000
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"12000")]})
        await send({"type": "http.response.body", "body": BODY})
options = {"loop": "uvloop", "http": "httptools", "lifespan": "off", "access_log": False, "log_level": "error"}
uvicorn.run(app, port=int(sys.argv[1]), **options)
"""


def cpu_seconds(pid: int) -> float:
    """User and system time of one process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def cost(pid: int, port: int, path: str, headers: dict[str, str], status: int) -> float:
    """Microseconds of the server's CPU for one request, median of RUNS."""
    limits = httpx.Limits(max_connections=CLIENTS)
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{port}", headers=headers, limits=limits, verify=NO_CERTIFICATES, timeout=30
    ) as client:
        await _drive(client, path, status, REQUESTS // 4)
        costs = []
        for _ in range(RUNS):
            before = cpu_seconds(pid)
            await _drive(client, path, status, REQUESTS)
            costs.append((cpu_seconds(pid) - before) / REQUESTS * 1e6)
    return statistics.median(costs)


async def _drive(client: httpx.AsyncClient, path: str, status: int, count: int) -> None:
    turns = iter(range(count))

    async def visit() -> None:
        for _ in turns:
            answer = await client.get(path)
            if answer.status_code != status:
                raise AssertionError(f"{path}: {answer.status_code} instead of {status}")

    await asyncio.gather(*(visit() for _ in range(CLIENTS)))


@asynccontextmanager
async def bare() -> AsyncIterator[tuple[int, int]]:
    """A server that does nothing but answer 12 kB: process id and port."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", BARE, str(port), stdout=DEVNULL)
    try:
        await asyncio.sleep(2)
        yield process.pid, port
    finally:
        process.terminate()
        await process.wait()


async def measure(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app()
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    pid, port = deployment.app.pid if deployment.app else 0, deployment.port
    host = {"Host": f"{HOST}:{port}"}
    async with deployment.visitor(HOST) as visitor:
        home = await visitor.get("/")
        tag = home.headers["etag"]
        style = home.text.split('rel="stylesheet" href="')[1].split('"')[0]
    rows = {
        "stylesheet": (style, host, 200),
        "unknown host": ("/", {"Host": "nobody.localhost"}, 421),
        "home": ("/", host, 200),
        "home, unchanged": ("/", {**host, "If-None-Match": tag}, 304),
        "list of posts": ("/blog", host, 200),
        "post": ("/blog/on-backups", host, 200),
        "no such post": ("/blog/nowhere", host, 404),
        "API: ten posts": ("/api/v1/posts?limit=10", host, 200),
    }
    async with bare() as (bare_pid, bare_port):
        unit = await cost(bare_pid, bare_port, "/", {}, 200)
        figures = [Figure(name="bare ASGI application, 12 kB", value=unit, unit="µs")]
        for name, (path, headers, status) in rows.items():
            spent = await cost(pid, port, path, headers, status)
            figures.append(Figure(name=name, value=spent, unit="µs"))
            figures.append(Figure(name=f"{name} / bare", value=spent / unit, unit="×"))
    return figures


async def bench(folder: Path) -> list[Figure]:
    async with running(folder) as deployment:
        return await measure(deployment)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="terrace-bench-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        figures = asyncio.run(bench(Path(name)))
    for figure in figures:
        print(figure.line())
    print(keep("latest", figures).relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
