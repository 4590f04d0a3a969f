"""One connection for two sites, ten thousand mixed requests, some of them abandoned: never a foreign word."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import httpx

from bench.deployment import Deployment
from bench.report import Figure

REQUESTS = 10_000
CLIENTS = 16
ABANDONED = 0.05
SLUGS = ("hello-world", "on-backups", "boring-deploys", "reading-list-2026")
TITLES = {"anna": "Anna Lindqvist", "boris": "Борис Ветров"}


async def prove(deployment: Deployment) -> list[Figure]:
    await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app(TERRACE_DATABASE__POOL_SIZE="1")
    expected = {(slug, path): await _first(deployment, slug, path) for slug in TITLES for path in _paths()}
    counts = {"foreign": 0, "abandoned": 0, "refused": 0, "right": 0}
    todo = iter(range(REQUESTS))
    await asyncio.gather(*(_visit(deployment, todo, expected, counts) for _ in range(CLIENTS)))
    return [
        Figure(name="right answers", value=counts["right"], limit=REQUESTS * 0.8, is_minimum=True),
        Figure(name="requests abandoned by the visitor", value=counts["abandoned"]),
        Figure(name="refused while waiting for the only connection", value=counts["refused"]),
        Figure(name="foreign answers", value=counts["foreign"], limit=0),
    ]


def _paths() -> list[str]:
    return ["/", "/blog", "/api/v1/posts?limit=3", *(f"/blog/{slug}" for slug in SLUGS)]


async def _first(deployment: Deployment, slug: str, path: str) -> bytes:
    async with deployment.visitor(f"{slug}.localhost") as visitor:
        answer = await visitor.get(path)
    if answer.status_code != httpx.codes.OK or (path[:4] != "/api" and TITLES[slug] not in answer.text):
        raise AssertionError(f"{slug}{path}: {answer.status_code}")
    return answer.content


async def _visit(
    deployment: Deployment, todo: Iterator[int], expected: dict[tuple[str, str], bytes], counts: dict[str, int]
) -> None:
    chance, paths, slugs = random.Random(), _paths(), list(TITLES)
    async with deployment.visitor("anna.localhost") as visitor:
        for _ in todo:
            slug, path = chance.choice(slugs), chance.choice(paths)
            headers = {"Host": f"{slug}.localhost:{deployment.port}"}
            request = asyncio.create_task(visitor.get(path, headers=headers))
            if chance.random() < ABANDONED:
                await asyncio.sleep(chance.random() * 0.02)
                request.cancel()
            counts[await _verdict(request, expected[slug, path])] += 1


async def _verdict(request: asyncio.Task[httpx.Response], expected: bytes) -> str:
    try:
        answer = await request
    except (asyncio.CancelledError, httpx.TransportError):
        return "abandoned"
    if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return "refused"
    return "right" if answer.content == expected else "foreign"
