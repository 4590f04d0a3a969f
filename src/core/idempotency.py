"""A repeated request gets the first one's answer (Idempotency-Key, draft-ietf-httpapi-idempotency-key-header)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from core.errors import Invalid, Problem
from core.text import N_

KEPT_FOR = timedelta(hours=24)
KEY_LENGTH = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered: *headers* are those that a repetition must show again (Location, ETag)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One request under a key: *actor* keeps the keys of different people apart, *fingerprint* is a digest of
    method, path and body."""

    key: str
    actor: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAnswer:
    fingerprint: str
    answer: Answer


class IdempotencyRecords(Protocol):
    """Records in the site's schema, written in the request's own transaction."""

    async def claim(self, attempt: Attempt, *, now: datetime) -> KeptAnswer | None:
        """Take the key for this transaction, or return what is kept under it.

        Waits while another transaction holds the key; forgets records older than KEPT_FOR.
        """
        ...

    async def keep(self, attempt: Attempt, answer: Answer) -> None:
        """Write the answer beside the claim, in the same transaction."""
        ...


class HeldTransaction(Protocol):
    """The request's transaction, seen from outside the use case."""

    def hold(self) -> None:
        """From now on the use case's commit checks and flushes only."""
        ...

    async def release(self) -> None:
        """Really commit what was held."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeatable:
    """Wraps one write of the API so that a repetition under the same key changes nothing.

    The record and what the use case wrote become durable in one commit, or neither does.
    """

    records: IdempotencyRecords
    transaction: HeldTransaction

    async def begin(self, attempt: Attempt, *, now: datetime) -> Answer | None:
        """Return the answer to repeat, or None when this is the first time. Raises Invalid when the key was
        used for another request."""
        if not 1 <= len(attempt.key) <= KEY_LENGTH:
            raise Invalid(Problem.of("Idempotency-Key", N_("Use 1 to %(limit)d characters."), limit=KEY_LENGTH))
        self.transaction.hold()
        kept = await self.records.claim(attempt, now=now)
        if kept is None:
            return None
        if kept.fingerprint != attempt.fingerprint:
            raise Invalid(
                Problem.of("Idempotency-Key", N_("This key was used for another request. Please take a new one."))
            )
        return kept.answer

    async def finish(self, attempt: Attempt, answer: Answer) -> None:
        """Keep *answer* and commit everything."""
        await self.records.keep(attempt, answer)
        await self.transaction.release()
