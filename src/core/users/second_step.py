"""After the right password: a code of the app, or one of those in the drawer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Action
from core.audit import Refusals
from core.clock import Clock
from core.limits import RateLimiter
from core.secrets import SecretBox
from core.users.entities import User
from core.users.factor_errors import CodeUsed, WrongCode
from core.users.factors import Factor, FactorKind, FactorStorage, of_kind
from core.users.limits import FACTOR_PER_DAY
from core.users.proofs import OneTimeCodes, RecoveryCodes

_OF_APP = re.compile(r"[0-9]{6}")
LONGEST_CODE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStepAsked:
    """The password was right, and is not enough. *token* stands for it in what is sent next."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondStep:
    factors: FactorStorage
    one_time_codes: OneTimeCodes
    recovery_codes: RecoveryCodes
    box: SecretBox
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock

    async def is_needed(self, user: User) -> bool:
        """Asked after the right password only: before it nobody learns what somebody has."""
        return await self.factors.is_held_by(user.id)

    async def prove(self, user: User, code: str) -> None:
        """Take *code* as *user*'s, once and never again. Raises WrongCode, CodeUsed for one that was right once, or
        TooMany."""
        await self.limiter.hit(FACTOR_PER_DAY, user.id)
        typed = "".join(code[:LONGEST_CODE].split())
        kept = await self.factors.lock_of(user.id)
        try:
            proven = self._by_app(kept, typed) if _OF_APP.fullmatch(typed) else self._by_drawer(kept, typed)
        except WrongCode as error:
            self.refusals.note(Action.SIGN_IN, subject=user.id, label=user.email, reason=error.code)
            raise
        await self.factors.save(proven)

    def _by_app(self, kept: Sequence[Factor], typed: str) -> Factor:
        app, now = of_kind(kept, FactorKind.TOTP), self.clock.now()
        step = self.one_time_codes.step(self.box.open(app.secret), typed, now=now) if app else None
        if app is None or step is None:
            raise WrongCode
        proven = app.stepped(step, now)
        if proven is None:
            raise CodeUsed
        return proven

    def _by_drawer(self, kept: Sequence[Factor], typed: str) -> Factor:
        drawer = of_kind(kept, FactorKind.RECOVERY)
        left = drawer.digests if drawer else ()
        found = next((digest for digest in self.recovery_codes.digests(typed) if digest in left), None)
        if drawer is None or found is None:
            raise WrongCode
        return drawer.without(found, self.clock.now())
