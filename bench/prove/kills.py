"""A thousand writes by eight clients, the application killed somewhere in them, five times: what got a 201 is there."""

from __future__ import annotations

import asyncio
import io
import random
import signal
from dataclasses import dataclass, field

import httpx
from PIL import Image

from bench.deployment import Deployment
from bench.report import Figure

ROUNDS = 5
CLIENTS = 8
WRITES = 1000
PICTURE_EVERY = 10


@dataclass(slots=True)
class Promises:
    """What was answered 201: post id → key of its cover (or None), and keys of pictures."""

    posts: dict[str, str | None] = field(default_factory=dict)
    pictures: list[str] = field(default_factory=list)
    attempts: int = 0
    fatal: int = 0
    is_time_to_kill: asyncio.Event = field(default_factory=asyncio.Event)

    def attempt(self) -> int:
        """Count one more write; the fatal one rings."""
        self.attempts += 1
        if self.attempts >= self.fatal:
            self.is_time_to_kill.set()
        return self.attempts


async def prove(deployment: Deployment) -> list[Figure]:
    report = await deployment.terrace("tenants", "apply", "tenants", "--jobs", "2")
    await deployment.start_app()
    for site in report["sites"]:
        await deployment.let_owner_in(site)
    promises, kills = Promises(), 0
    chance = random.Random()
    for _ in range(ROUNDS):
        kills += await _round(deployment, promises, chance)
        await deployment.start_app()
    broken = await _broken(deployment, promises)
    return [
        Figure(name="kills", value=kills, limit=ROUNDS, is_minimum=True),
        Figure(name="writes tried", value=promises.attempts),
        Figure(name="posts answered 201", value=len(promises.posts), limit=ROUNDS, is_minimum=True),
        Figure(name="pictures answered 201", value=len(promises.pictures), limit=1, is_minimum=True),
        Figure(name="promises broken", value=broken, limit=0),
    ]


async def _round(deployment: Deployment, promises: Promises, chance: random.Random) -> int:
    program = await deployment.program("anna", "anna@anna.example")
    goal = promises.attempts + WRITES
    promises.fatal = promises.attempts + chance.randrange(WRITES // 20, WRITES * 9 // 10)
    promises.is_time_to_kill.clear()
    clients = [asyncio.create_task(_write(program, promises, goal)) for _ in range(CLIENTS)]
    await promises.is_time_to_kill.wait()
    await deployment.stop_app(signal.SIGKILL)
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    await program.aclose()
    return 1


async def _write(program: httpx.AsyncClient, promises: Promises, goal: int) -> None:
    while promises.attempts < goal:
        number = promises.attempt()
        try:
            await (_upload if number % PICTURE_EVERY == 0 else _post)(program, promises, number)
        except httpx.TransportError:
            return


async def _upload(program: httpx.AsyncClient, promises: Promises, number: int) -> None:
    file = (f"{number}.png", _picture(number), "image/png")
    answer = await program.post("/api/v1/media", files={"file": file})
    if answer.status_code == httpx.codes.CREATED:
        promises.pictures.append(answer.json()["key"])


async def _post(program: httpx.AsyncClient, promises: Promises, number: int) -> None:
    cover = promises.pictures[-1] if promises.pictures else None
    text = {"title": f"Post {number}", "body": f"Text {number}", "cover": cover, "cover_alt": "A dot"}
    answer = await program.post("/api/v1/posts", json=text)
    if answer.status_code == httpx.codes.CREATED:
        promises.posts[answer.json()["id"]] = cover


async def _broken(deployment: Deployment, promises: Promises) -> int:
    program = await deployment.program("anna", "anna@anna.example")
    broken = 0
    for post_id, cover in promises.posts.items():
        answer = await program.get(f"/api/v1/posts/{post_id}")
        broken += answer.status_code != httpx.codes.OK or answer.json()["cover"] != cover
    for key in promises.pictures:
        answer = await program.get(f"/media/{key}")
        broken += answer.status_code != httpx.codes.OK or Image.open(io.BytesIO(answer.content)).size != (32, 32)
    await program.aclose()
    return broken


def _picture(number: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (32, 32), (number % 256, number // 256 % 256, 90)).save(buffer, "PNG")
    return buffer.getvalue()
