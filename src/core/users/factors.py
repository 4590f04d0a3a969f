"""Second factors: what somebody has, or is, beside what she knows."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from core.errors import Problem
from core.identity import UserId
from core.text import N_

FactorId = NewType("FactorId", str)

FACTOR_NAME_LENGTH = 100
PASSKEYS_OF_ONE = 20
RECOVERY_CODES = 10


class FactorKind(StrEnum):
    """RECOVERY is the set of codes for the day when the others are lost: it counts for nothing alone."""

    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """*secret* is what a proof is compared with: of an app its key (sealed), of a passkey its public key, of recovery
    codes the digests of those that are left. *counter* is the last step of an app that was used, or the last count that
    a passkey told. *credential* is what a passkey calls itself, *host* the hostname that it was made for."""

    id: FactorId
    user_id: UserId
    kind: FactorKind
    name: str
    secret: str
    created_at: datetime
    used_at: datetime | None = None
    counter: int = 0
    credential: str | None = None
    host: str = ""

    @property
    def digests(self) -> tuple[str, ...]:
        """Of recovery codes that nobody has used yet."""
        return tuple(self.secret.split()) if self.kind is FactorKind.RECOVERY else ()

    def stepped(self, step: int, now: datetime) -> Factor | None:
        """The app after its code of *step* was used; None when this code or a later one was used before."""
        return replace(self, counter=step, used_at=now) if step > self.counter else None

    def counted(self, count: int, now: datetime) -> Factor | None:
        """The passkey after it told *count*; None when it should be further already: then there are two of it. Passkeys
        that are kept in several places do not count, and say 0 always (WebAuthn, 6.1.1)."""
        if (count or self.counter) and count <= self.counter:
            return None
        return replace(self, counter=count, used_at=now)

    def without(self, digest: str, now: datetime) -> Factor:
        """The recovery codes without the one that was just used."""
        left = " ".join(one for one in self.digests if one != digest)
        return replace(self, secret=left, used_at=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFactors:
    """All that somebody has to prove who she is with. *codes_left* are recovery codes."""

    app: Factor | None
    passkeys: tuple[Factor, ...]
    codes_left: int
    has_password: bool
    is_required: bool

    @property
    def has_any(self) -> bool:
        return self.app is not None or bool(self.passkeys)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFactor:
    """A factor that was just added. *codes* are recovery codes, told this once, when there were none before."""

    factor: Factor
    codes: tuple[str, ...] = ()


class FactorStorage(Protocol):
    """This site's second factors."""

    async def list_of(self, user_id: UserId) -> Sequence[Factor]:
        """All of one person, the oldest first."""
        ...

    async def lock_of(self, user_id: UserId) -> Sequence[Factor]:
        """The same, and nobody else uses or changes them until the transaction ends."""
        ...

    async def lock_by_credential(self, credential: str) -> Factor | None:
        """The passkey that calls itself so; nobody else uses it until the transaction ends."""
        ...

    async def is_held_by(self, user_id: UserId) -> bool:
        """Whether she has any but recovery codes."""
        ...

    async def list_holders(self) -> frozenset[UserId]:
        """Everybody of whom is_held_by is true."""
        ...

    async def add(self, factor: Factor) -> None: ...

    async def save(self, factor: Factor) -> None: ...

    async def delete(self, factor_id: FactorId) -> None: ...

    async def delete_of(self, user_id: UserId) -> None:
        """All of one person, recovery codes too."""
        ...


def new_factor_id() -> FactorId:
    """An opaque id, 128 random bits."""
    return FactorId(secrets.token_hex(16))


def second_factors(kept: Sequence[Factor]) -> tuple[Factor, ...]:
    """Those that count: without recovery codes."""
    return tuple(factor for factor in kept if factor.kind is not FactorKind.RECOVERY)


def of_kind(kept: Sequence[Factor], kind: FactorKind) -> Factor | None:
    return next((factor for factor in kept if factor.kind is kind), None)


def factor_name_problem(name: str) -> Problem | None:
    if not name.strip():
        return Problem.of("name", N_("Give it a name, so that you can tell it from others."))
    if len(name) > FACTOR_NAME_LENGTH:
        return Problem.of("name", N_("At most %(limit)d characters, please."), limit=FACTOR_NAME_LENGTH)
    return None
