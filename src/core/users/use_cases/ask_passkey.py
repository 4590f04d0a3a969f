from dataclasses import dataclass

from core.access import Access, Action
from core.limits import Client, RateLimiter
from core.users.challenges import Challenges
from core.users.limits import PASSKEY_PER_CLIENT
from core.users.proofs import ChallengePurpose, PasskeyAsked, Passkeys


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPasskey:
    """Somebody wants to sign in with a passkey, whichever she has. Nothing changes. Refused with TooMany."""

    access: Access
    passkeys: Passkeys
    challenges: Challenges
    limiter: RateLimiter

    async def __call__(self, *, client: Client) -> PasskeyAsked:
        self.access.require(Action.SIGN_IN)
        await self.limiter.hit(PASSKEY_PER_CLIENT, client.key)
        challenge = self.challenges.new(ChallengePurpose.PASSKEY_SIGN_IN)
        return PasskeyAsked(options=self.passkeys.request(challenge.nonce), token=self.challenges.token(challenge))
