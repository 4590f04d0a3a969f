"""From an API token to the one whose rights it has. Like Authenticate it comes before there is an actor."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.identity import Actor
from core.transaction import Transaction
from core.users.api_tokens import ApiTokenCodes, ApiTokenStorage
from core.users.errors import SessionEnded, TokenEnded


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticateToken:
    """Finds the live token of this site and its enabled user. Raises SessionEnded for anything else, always alike."""

    codes: ApiTokenCodes
    api_tokens: ApiTokenStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str) -> Actor:
        digests, now = self.codes.digests(token), self.clock.now()
        found = await self.api_tokens.find_with_user(digests) if digests else None
        if found is None:
            raise SessionEnded
        known, user = found
        if not (known.is_live(now) and user.is_enabled):
            raise TokenEnded(known.acting(user), known.name)
        used = known.used(now, digests[0])
        if used != known:
            await self.api_tokens.note_use(used)
            await self.transaction.commit()
        return used.acting(user)
