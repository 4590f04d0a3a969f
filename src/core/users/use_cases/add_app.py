from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.secrets import SecretBox
from core.transaction import Transaction
from core.users.challenges import Challenges
from core.users.entities import User
from core.users.factor_errors import AppAlready, ChallengeEnded, SetupEnded, WrongSetupCode
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import Factor, FactorKind, FactorStorage, NewFactor, new_factor_id, of_kind
from core.users.oneself import oneself
from core.users.proofs import Challenge, ChallengePurpose, OneTimeCodes
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class AddApp:
    """A member types the first code of an app and her password: from now on she signs in with both. With her first
    factor she gets recovery codes, this once; she is told by mail.

    Refused with WrongSetupCode, SetupEnded, AppAlready, WrongPassword, SignInAgain or TooMany.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    one_time_codes: OneTimeCodes
    box: SecretBox
    challenges: Challenges
    reassurance: Reassurance
    keeping: FactorKeeping
    clock: Clock
    transaction: Transaction

    async def __call__(self, *, setup: str, code: str, password: str) -> NewFactor:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        challenge = self._begun(user, setup)
        step = self.one_time_codes.step(challenge.secret, "".join(code.split()), now=self.clock.now())
        if step is None:
            raise WrongSetupCode
        user = await self.reassurance.of(user, password)
        if of_kind(await self.factors.lock_of(user.id), FactorKind.TOTP):
            raise AppAlready
        app = self._app(user, challenge, step)
        codes = await self.keeping.add(user, app)
        await self.keeping.tell(user, "totp_added")
        await self.transaction.commit()
        return NewFactor(factor=app, codes=codes)

    def _begun(self, user: User, setup: str) -> Challenge:
        try:
            found = self.challenges.read(setup, ChallengePurpose.APP_ADDED)
        except ChallengeEnded:
            raise SetupEnded from None
        if found.subject != user.id:
            raise SetupEnded
        return found

    def _app(self, user: User, challenge: Challenge, step: int) -> Factor:
        """Its first code is used up as well."""
        return Factor(
            id=new_factor_id(),
            user_id=user.id,
            kind=FactorKind.TOTP,
            name="",
            secret=self.box.seal(challenge.secret),
            created_at=self.clock.now(),
            counter=step,
        )
