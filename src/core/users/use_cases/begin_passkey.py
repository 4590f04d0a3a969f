from dataclasses import dataclass

from core.access import Access, Action
from core.users.challenges import Challenges
from core.users.factor_errors import TooManyPasskeys
from core.users.factors import PASSKEYS_OF_ONE, FactorKind, FactorStorage
from core.users.oneself import oneself
from core.users.proofs import ChallengePurpose, PasskeyAsked, Passkeys
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPasskey:
    """A member's browser is told what passkey to make. Nothing changes yet. Refused with TooManyPasskeys."""

    access: Access
    users: UserStorage
    factors: FactorStorage
    passkeys: Passkeys
    challenges: Challenges

    async def __call__(self) -> PasskeyAsked:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        kept = [factor for factor in await self.factors.list_of(user.id) if factor.kind is FactorKind.PASSKEY]
        if len(kept) >= PASSKEYS_OF_ONE:
            raise TooManyPasskeys(limit=PASSKEYS_OF_ONE)
        challenge = self.challenges.new(ChallengePurpose.PASSKEY_ADDED, subject=user.id)
        options = self.passkeys.creation(
            challenge.nonce,
            user_id=user.id,
            email=user.email,
            name=user.name,
            known=[factor.credential for factor in kept if factor.credential],
        )
        return PasskeyAsked(options=options, token=self.challenges.token(challenge))
