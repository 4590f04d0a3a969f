from dataclasses import dataclass

from core.access import Access, Action
from core.audit import Refusals
from core.clock import Clock
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.beginning import Beginning
from core.users.challenges import Challenges
from core.users.entities import SessionKind, User
from core.users.factor_errors import PasskeyCopied, PasskeyRefused
from core.users.factors import Factor, FactorStorage
from core.users.limits import SIGN_IN_PER_CLIENT
from core.users.proofs import Challenge, ChallengePurpose, Passkeys
from core.users.signed_in import SignedIn
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInWithPasskey:
    """Somebody proves by a passkey who she is, without a password: her device has verified her.

    Refused with ChallengeEnded, TooMany, or PasskeyRefused whatever is wrong with it.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    passkeys: Passkeys
    challenges: Challenges
    beginning: Beginning
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, answer: str, token: str, *, client: Client, mark: str = "") -> SignedIn:
        self.access.require(Action.SIGN_IN)
        await self.limiter.hit(SIGN_IN_PER_CLIENT, client.key)
        challenge = self.challenges.read(token, ChallengePurpose.PASSKEY_SIGN_IN)
        try:
            user, passkey = await self._proven(answer, challenge)
        except PasskeyCopied:
            raise PasskeyRefused from None
        await self.factors.save(passkey)
        await self.challenges.spend(challenge)
        signed_in = await self.beginning.of(user, SessionKind.BROWSER, client, mark)
        await self.transaction.commit()
        return signed_in

    async def _proven(self, answer: str, challenge: Challenge) -> tuple[User, Factor]:
        found: Factor | None = None
        try:
            found = await self.factors.lock_by_credential(self.passkeys.credential_of(answer))
            user = await self.users.find(found.user_id) if found else None
            if found is None or found.host != self.passkeys.host or user is None or not user.is_enabled:
                raise PasskeyRefused
            count = self.passkeys.counter_of(answer, challenge.nonce, public_key=found.secret, user_id=found.user_id)
            counted = found.counted(count, self.clock.now())
            if counted is None:
                raise PasskeyCopied
        except PasskeyRefused as error:
            self.refusals.note(Action.SIGN_IN, subject=found.user_id if found else "", reason=error.code)
            raise
        return user, counted
