from dataclasses import dataclass

from core.access import Access, Action
from core.audit import Refusals
from core.identity import UserId
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.beginning import Beginning
from core.users.challenges import Challenges, bound_to
from core.users.entities import SessionKind, User
from core.users.factor_errors import ChallengeEnded
from core.users.limits import FACTOR_PER_ACCOUNT
from core.users.proofs import Challenge, ChallengePurpose
from core.users.second_step import SecondStep
from core.users.signed_in import SignedIn
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishSignIn:
    """Whoever has told the right password tells a code of her app or a recovery code, and gets a session.

    Refused with ChallengeEnded, WrongCode (CodeUsed among them) or TooMany.
    """

    access: Access
    users: UserStorage
    second_step: SecondStep
    challenges: Challenges
    beginning: Beginning
    refusals: Refusals
    limiter: RateLimiter
    transaction: Transaction

    async def __call__(self, token: str, code: str, *, client: Client, mark: str = "") -> SignedIn:
        self.access.require(Action.SIGN_IN)
        challenge = self.challenges.read(token, ChallengePurpose.SECOND_STEP)
        await self.limiter.hit(FACTOR_PER_ACCOUNT, challenge.subject)
        user = await self._still(challenge)
        await self.second_step.prove(user, code)
        await self.challenges.spend(challenge)
        signed_in = await self.beginning.of(user, SessionKind.BROWSER, client, mark)
        await self.transaction.commit()
        return signed_in

    async def _still(self, challenge: Challenge) -> User:
        """The one whose password was right, if she is there and it still is: neither changes until she is in. Whoever
        changes her factors locks her first as well, so that neither waits for the other."""
        user = await self.users.lock(UserId(challenge.subject))
        if user is None or not user.is_enabled or bound_to(user) != challenge.bound:
            self.refusals.note(Action.SIGN_IN, subject=challenge.subject, reason=ChallengeEnded.code)
            raise ChallengeEnded
        return user
