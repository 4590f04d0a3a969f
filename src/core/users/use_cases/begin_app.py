from dataclasses import dataclass

from core.access import Access, Action
from core.users.challenges import Challenges
from core.users.entities import User
from core.users.factor_errors import AppAlready, ChallengeEnded
from core.users.factors import FactorKind, FactorStorage, of_kind
from core.users.oneself import oneself
from core.users.proofs import AppAsked, Challenge, ChallengePurpose, OneTimeCodes
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginApp:
    """A member gets a key for an authenticator app, or again the one of *setup*. It counts once she types a code from
    it; nothing changes before. Refused with AppAlready.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    one_time_codes: OneTimeCodes
    challenges: Challenges

    async def __call__(self, *, site: str, setup: str = "") -> AppAsked:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        if of_kind(await self.factors.list_of(user.id), FactorKind.TOTP):
            raise AppAlready
        challenge = self._again(user, setup) or self._new(user)
        return AppAsked(
            key=challenge.secret,
            link=self.one_time_codes.link(challenge.secret, account=user.email, site=site),
            setup=self.challenges.token(challenge),
        )

    def _new(self, user: User) -> Challenge:
        key = self.one_time_codes.new_key()
        return self.challenges.new(ChallengePurpose.APP_ADDED, subject=user.id, secret=key)

    def _again(self, user: User, setup: str) -> Challenge | None:
        try:
            found = self.challenges.read(setup, ChallengePurpose.APP_ADDED)
        except ChallengeEnded:
            return None
        return found if found.subject == user.id else None
