from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import Refusals
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.beginning import Beginning
from core.users.challenges import Challenges, bound_to
from core.users.credentials import Passwords
from core.users.entities import SessionKind, User, normalised_email
from core.users.errors import WrongCredentials
from core.users.factor_errors import OtpNeeded
from core.users.limits import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_CLIENT
from core.users.proofs import ChallengePurpose
from core.users.second_step import SecondStep, SecondStepAsked
from core.users.signed_in import SignedIn
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody proves by e-mail and password who she is and gets a session. Who has a second factor is asked for it: a
    browser by a second step, a program by OtpNeeded. A device that is new is told to her by mail; *mark* is what her
    browser kept of an earlier time. Refused with WrongCredentials, the same and as slow whatever is wrong, or TooMany.
    """

    access: Access
    users: UserStorage
    passwords: Passwords
    second_step: SecondStep
    challenges: Challenges
    beginning: Beginning
    refusals: Refusals
    limiter: RateLimiter
    transaction: Transaction

    async def __call__(
        self, email: str, password: str, *, client: Client, kind: SessionKind, mark: str = "", otp: str = ""
    ) -> SignedIn | SecondStepAsked:
        self.access.require(Action.SIGN_IN)
        user = await self._proven(normalised_email(email), password, client)
        if user.password_hash and self.passwords.is_outdated(user.password_hash):
            user = await self._rehashed(user, password)
        needs_more = await self.second_step.is_needed(user)
        if needs_more and kind is SessionKind.BROWSER:
            await self.transaction.commit()
            asked = self.challenges.new(ChallengePurpose.SECOND_STEP, subject=user.id, bound=bound_to(user))
            return SecondStepAsked(token=self.challenges.token(asked))
        if needs_more and not otp:
            raise OtpNeeded
        if needs_more:
            await self.second_step.prove(user, otp)
        signed_in = await self.beginning.of(user, kind, client, mark)
        await self.transaction.commit()
        return signed_in

    async def _rehashed(self, user: User, password: str) -> User:
        """*user* with the password kept as it is kept today; what somebody changed while it was made stays changed."""
        password_hash = await self.passwords.hash(password)
        now = await self.users.lock(user.id)
        if now is None or not now.is_enabled or now.password_hash != user.password_hash:
            raise WrongCredentials
        rehashed = replace(now, password_hash=password_hash)
        await self.users.save(rehashed)
        return rehashed

    async def _proven(self, email: str, password: str, client: Client) -> User:
        await self.limiter.hit(SIGN_IN_PER_CLIENT, client.key)
        await self.limiter.hit(SIGN_IN_PER_ACCOUNT, email)
        found = await self.users.find_by_email(email)
        await self.transaction.rest()
        is_right = await self.passwords.verify(password, found.password_hash if found else None)
        user = await self.users.find(found.id) if found and is_right else None
        if user is None or not user.is_enabled:
            # What was typed is kept of accounts only: people type passwords into the wrong field.
            subject, label = (found.id, found.email) if found else ("", "")
            self.refusals.note(Action.SIGN_IN, subject=subject, label=label, reason=WrongCredentials.code)
            raise WrongCredentials
        return user
