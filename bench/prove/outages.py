"""Store and database stopped and frozen: what visitors see, and that everything comes back by itself."""

from __future__ import annotations

import asyncio
import io
import signal
import time
from typing import Any

import httpx
from PIL import Image

from bench.deployment import Deployment
from bench.report import Figure

PATIENCE = 5.0
RETURN_SECONDS = 40.0
HOST = "anna.localhost"


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app()
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    program = await deployment.program("anna", "anna@anna.example")
    media = (await program.get("/api/v1/media?limit=1")).json()["items"][0]
    figures = []
    for sign in (signal.SIGSTOP, signal.SIGKILL):
        figures += await _without_store(deployment, program, f"/media/{media['key']}", sign)
        figures += await _without_database(deployment, sign)
    await program.aclose()
    return figures


async def _without_store(
    deployment: Deployment, program: httpx.AsyncClient, media: str, sign: signal.Signals
) -> list[Figure]:
    how = "frozen" if sign is signal.SIGSTOP else "killed"
    before = await _media_count(program)
    deployment.signal_service("store", sign)
    try:
        text = await _visit(deployment, "/blog")
        picture = await _visit(deployment, media)
        began = time.perf_counter()
        upload = await program.post("/api/v1/media", files={"file": ("dot.png", _picture(), "image/png")})
        upload_seconds = time.perf_counter() - began
    finally:
        if sign is signal.SIGSTOP:
            deployment.signal_service("store", signal.SIGCONT)
    _expect(text, 200)
    _expect(picture, 503, retry_after=True)
    _expect((upload, upload_seconds), 503, retry_after=True)
    back = await _until_ok(deployment, media)
    half_stored = await _media_count(program) - before
    return [
        Figure(name=f"store {how}: a page with text", value=text[1], unit="s", limit=PATIENCE),
        Figure(name=f"store {how}: a picture is refused", value=picture[1], unit="s", limit=PATIENCE),
        Figure(name=f"store {how}: an upload is refused", value=upload_seconds, unit="s", limit=PATIENCE),
        Figure(name=f"store {how}: half stored", value=half_stored, unit="files", limit=0),
        Figure(name=f"store {how}: pictures are back after", value=back, unit="s", limit=RETURN_SECONDS),
    ]


async def _without_database(deployment: Deployment, sign: signal.Signals) -> list[Figure]:
    how = "frozen" if sign is signal.SIGSTOP else "killed"
    deployment.signal_service("postgres", sign)
    try:
        answers = await asyncio.gather(*(_visit(deployment, "/blog") for _ in range(20)))
    finally:
        if sign is signal.SIGSTOP:
            deployment.signal_service("postgres", signal.SIGCONT)
    for answer in answers:
        _expect(answer, 503, retry_after=True)
    back = await _until_ok(deployment, "/blog")
    slowest = max(seconds for _, seconds in answers)
    return [
        Figure(name=f"database {how}: slowest of 20 refusals", value=slowest, unit="s", limit=PATIENCE),
        Figure(name=f"database {how}: pages are back after", value=back, unit="s", limit=RETURN_SECONDS),
    ]


async def _visit(deployment: Deployment, path: str) -> tuple[httpx.Response, float]:
    async with deployment.visitor(HOST) as visitor:
        began = time.perf_counter()
        answer = await visitor.get(path)
        return answer, time.perf_counter() - began


async def _until_ok(deployment: Deployment, path: str) -> float:
    began = time.perf_counter()
    while time.perf_counter() - began < RETURN_SECONDS:
        answer, _ = await _visit(deployment, path)
        if answer.status_code == httpx.codes.OK:
            return time.perf_counter() - began
        await asyncio.sleep(0.1)
    return time.perf_counter() - began


async def _media_count(program: httpx.AsyncClient) -> int:
    answer = await program.get("/api/v1/media?limit=100")
    items: list[Any] = answer.raise_for_status().json()["items"]
    return len(items)


def _picture() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(buffer, "PNG")
    return buffer.getvalue()


def _expect(got: tuple[httpx.Response, float], status: int, *, retry_after: bool = False) -> None:
    answer, _ = got
    if answer.status_code != status:
        raise AssertionError(f"{answer.request.url}: {answer.status_code} instead of {status}: {answer.text[:500]}")
    if retry_after and "retry-after" not in answer.headers:
        raise AssertionError(f"{answer.request.url}: no Retry-After")
