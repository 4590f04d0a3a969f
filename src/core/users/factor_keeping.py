"""Before somebody's second factors change she proves once more who she is; then she is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.limits import RateLimiter
from core.mail import Outbox
from core.transaction import Transaction
from core.users.credentials import Passwords
from core.users.entities import User
from core.users.errors import WrongPassword
from core.users.factor_errors import SignInAgain
from core.users.factors import (
    RECOVERY_CODES,
    Factor,
    FactorKind,
    FactorStorage,
    new_factor_id,
    of_kind,
    second_factors,
)
from core.users.letters import sign_in_changed
from core.users.limits import PASSWORD_PER_ACCOUNT
from core.users.people import locked
from core.users.proofs import RecoveryCodes
from core.users.storage import SessionStorage, UserStorage

FRESH = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reassurance:
    """A stolen stay is not enough to change how somebody signs in."""

    access: Access
    users: UserStorage
    sessions: SessionStorage
    passwords: Passwords
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def of(self, user: User, password: str) -> User:
        """*user*, whom nobody else changes until the transaction ends, once she has told her password, or has only just
        signed in when she has none. Raises WrongPassword, SignInAgain or TooMany."""
        await self.limiter.hit(PASSWORD_PER_ACCOUNT, user.id)
        if user.password_hash is None:
            await self._just_signed_in()
        else:
            await self.transaction.rest()
            if not await self.passwords.verify(password, user.password_hash):
                self._refused(user)
        now = await locked(self.users, user.id)
        if now.password_hash != user.password_hash:
            self._refused(user)
        return now

    async def _just_signed_in(self) -> None:
        session_id = self.access.actor.session_id
        session = await self.sessions.find(session_id) if session_id else None
        if session is None or self.clock.now() - session.created_at > FRESH:
            raise SignInAgain

    def _refused(self, user: User) -> NoReturn:
        actor = self.access.actor
        self.refusals.note(Action.MANAGE_FACTORS, actor=actor, subject=user.id, reason=WrongPassword.code)
        raise WrongPassword


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorKeeping:
    """What goes with every change: recovery codes, the line in the log, the letter. The use case commits."""

    access: Access
    factors: FactorStorage
    sessions: SessionStorage
    recovery_codes: RecoveryCodes
    outbox: Outbox
    audit: AuditTrail
    clock: Clock

    async def add(self, user: User, factor: Factor) -> tuple[str, ...]:
        """Keep *factor*; the recovery codes that come with the first one. Stays that began without any end with it, but
        for the one in use: a thief who knew the password is out."""
        kept = await self.factors.lock_of(user.id)
        if not second_factors(kept):
            await self.sessions.delete_of(user.id, but=self.access.actor.session_id)
        await self.factors.add(factor)
        return () if of_kind(kept, FactorKind.RECOVERY) else await self.renew_codes(user)

    async def renew_codes(self, user: User) -> tuple[str, ...]:
        """New recovery codes, told this once; those of before are worth nothing any more."""
        before = of_kind(await self.factors.lock_of(user.id), FactorKind.RECOVERY)
        if before is not None:
            await self.factors.delete(before.id)
        codes = tuple(self.recovery_codes.make() for _ in range(RECOVERY_CODES))
        drawer = Factor(
            id=new_factor_id(),
            user_id=user.id,
            kind=FactorKind.RECOVERY,
            name="",
            secret=" ".join(self.recovery_codes.digests(code)[0] for code in codes),
            created_at=self.clock.now(),
        )
        await self.factors.add(drawer)
        return codes

    async def tell(self, user: User, what: str, *, name: str = "") -> None:
        """*what* as in core.mail.CHANGES; *name* is the factor's."""
        after = {"what": what, "factor": name} if name else {"what": what}
        await self.audit.record(Action.MANAGE_FACTORS, subject=user.id, label=user.name, after=after)
        await self.outbox.post(sign_in_changed(user, what))
