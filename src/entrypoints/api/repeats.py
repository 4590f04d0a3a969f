"""Idempotency-Key: a POST that is sent again gets the first answer and changes nothing."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from core.access import Access
from core.clock import Clock
from core.errors import Invalid, Problem, TerraceError
from core.idempotency import Answer as Kept
from core.idempotency import Attempt, Repeatable
from core.limits import Client
from core.secrets import SecretBox
from core.text import N_
from core.transaction import Transaction
from entrypoints.api.answers import Answer, ApiRequest, answer
from entrypoints.api.problems import problem_answer

HEADER = "idempotency-key"
_KEY_REUSED = N_("This key was used for another request. Please take a new one.")
_KEPT_HEADERS = ("location", "etag", "cache-control", "www-authenticate")


class HeldSlots:
    """How many requests of one worker may hold a connection while they do something slow: fewer than the pool has, so
    that reading never waits for uploads."""

    def __init__(self, size: int) -> None:
        self.free = asyncio.Semaphore(size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """Runs a write once for each key of one actor."""

    repeatable: Repeatable
    transaction: Transaction
    access: Access
    client: Client
    clock: Clock
    box: SecretBox
    slots: HeldSlots

    async def once(self, request: ApiRequest, content: bytes, write: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer of *write*, or the one kept under the request's key; *content* is what makes requests equal."""
        key = request.headers.get(HEADER)
        if key is None:
            return await write()
        attempt = self._attempt(request, key, content)
        await self.transaction.rest()  # who waits holds no connection
        async with self.slots.free:
            kept = await self.repeatable.begin(attempt, now=self.clock.now())
            if kept is not None:
                return _told_again(kept)
            given = await write()
            await self.repeatable.finish(attempt, _kept(given))
            return given

    async def once_sealed(
        self,
        request: ApiRequest,
        content: bytes,
        write: Callable[[], Awaitable[Answer]],
        *,
        final: type[TerraceError] | None = None,
    ) -> Answer:
        """Like once, for requests and answers that are secrets themselves: both lie encrypted.

        A digest of a password would be a gift to whoever reads the table, so the digest is sealed with the answer.
        A refusal of kind *final* was committed on purpose and is kept like any answer.
        """
        key = request.headers.get(HEADER)
        if key is None:
            return await write()
        attempt, digest = self._attempt(request, key, b""), sha256(content).hexdigest()
        await self.transaction.rest()  # who waits holds no connection
        async with self.slots.free:
            kept = await self.repeatable.begin(attempt, now=self.clock.now())
            if kept is not None:
                return _told_again(self._unsealed(kept, digest))
            given = await _refused_or_given(request, write, final)
            await self.repeatable.finish(attempt, self._sealed(given, digest))
            return given

    def _attempt(self, request: ApiRequest, key: str, content: bytes) -> Attempt:
        actor = self.access.actor
        whoever = f"user:{actor.user_id}" if actor.user_id else f"client:{self.client.key}"
        whoever = f"token:{actor.token_id}" if actor.token_id else whoever
        told = f"{request.method} {request.scope['path']} {sha256(content).hexdigest()}"
        return Attempt(key=key.strip(), actor=whoever, fingerprint=sha256(told.encode()).hexdigest())

    def _sealed(self, given: Answer, digest: str) -> Kept:
        kept = _kept(given)
        told = json.dumps({"digest": digest, "body": kept.body.decode()})
        return Kept(status=kept.status, headers=kept.headers, body=self.box.seal(told).encode())

    def _unsealed(self, kept: Kept, digest: str) -> Kept:
        told = json.loads(self.box.open(kept.body.decode()))
        if not hmac.compare_digest(told["digest"], digest):
            raise Invalid(Problem.of("Idempotency-Key", _KEY_REUSED))
        return Kept(status=kept.status, headers=kept.headers, body=told["body"].encode())


async def _refused_or_given(
    request: ApiRequest, write: Callable[[], Awaitable[Answer]], final: type[TerraceError] | None
) -> Answer:
    try:
        return await write()
    except TerraceError as error:
        if final is None or not isinstance(error, final):
            raise
        return await problem_answer(request, error)


def _kept(given: Answer) -> Kept:
    headers = tuple((name, given.headers[name]) for name in _KEPT_HEADERS if name in given.headers)
    return Kept(status=given.status_code or 200, headers=headers, body=given.content)


def _told_again(kept: Kept) -> Answer:
    media_type = "application/json" if kept.status < 400 else "application/problem+json"
    return answer(kept.status, kept.body, dict(kept.headers), media_type=media_type)
