"""Tries that are good once, and not for long."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from core.clock import Clock
from core.errors import TooMany
from core.limits import Limit, RateLimiter
from core.users.entities import User
from core.users.factor_errors import ChallengeEnded
from core.users.proofs import Challenge, ChallengePurpose, ChallengeTokens
from core.users.reset import reset_bound

CHALLENGE_LIFE = timedelta(minutes=5)
SETUP_LIFE = timedelta(minutes=30)
"""An app may have to be found and installed first."""
CHALLENGE_ONCE = Limit(name="challenge", times=1, seconds=2 * int(CHALLENGE_LIFE.total_seconds()))
"""What is counted of a challenge outlives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenges:
    challenge_tokens: ChallengeTokens
    limiter: RateLimiter
    clock: Clock

    def new(self, purpose: ChallengePurpose, *, subject: str = "", bound: str = "", secret: str = "") -> Challenge:
        life = SETUP_LIFE if purpose is ChallengePurpose.APP_ADDED else CHALLENGE_LIFE
        return Challenge(
            purpose=purpose,
            subject=subject,
            nonce=secrets.token_hex(32),
            expires_at=self.clock.now() + life,
            bound=bound,
            secret=secret,
        )

    def token(self, challenge: Challenge) -> str:
        return self.challenge_tokens.issue(challenge)

    def read(self, token: str, purpose: ChallengePurpose) -> Challenge:
        """Raises ChallengeEnded."""
        found = self.challenge_tokens.read(token, purpose, now=self.clock.now())
        if found is None:
            raise ChallengeEnded
        return found

    async def spend(self, challenge: Challenge) -> None:
        """From now on it is worth nothing, whatever becomes of this request. Raises ChallengeEnded when it was spent
        before: of two at once one passes."""
        try:
            await self.limiter.hit(CHALLENGE_ONCE, challenge.nonce)
        except TooMany:
            raise ChallengeEnded from None


def bound_to(user: User) -> str:
    """A challenge after the right password is over once that changes."""
    return sha256(reset_bound(user).encode()).hexdigest()[:32]
