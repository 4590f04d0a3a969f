from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import refuse_if_any
from core.transaction import Transaction
from core.users.challenges import Challenges
from core.users.entities import User
from core.users.factor_errors import ChallengeEnded, PasskeyNotMade, PasskeyRefused, SetupEnded, TooManyPasskeys
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import PASSKEYS_OF_ONE, FactorKind, FactorStorage, NewFactor, factor_name_problem
from core.users.new_passkeys import passkey_of
from core.users.oneself import oneself
from core.users.proofs import Challenge, ChallengePurpose, PasskeyMade, Passkeys
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPasskey:
    """A member's browser has made a passkey: from now on she can sign in with it alone. With her first factor she gets
    recovery codes, this once; she is told by mail.

    Refused with Invalid, SetupEnded, ChallengeEnded, PasskeyNotMade, TooManyPasskeys or WrongPassword.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    passkeys: Passkeys
    challenges: Challenges
    reassurance: Reassurance
    keeping: FactorKeeping
    clock: Clock
    transaction: Transaction

    async def __call__(self, *, name: str, answer: str, token: str, password: str) -> NewFactor:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        problem = factor_name_problem(name)
        refuse_if_any([problem] if problem else [])
        challenge = self._begun(user, token)
        made = self._made(answer, challenge.nonce)
        user = await self.reassurance.of(user, password)
        kept = await self.factors.lock_of(user.id)
        if sum(factor.kind is FactorKind.PASSKEY for factor in kept) >= PASSKEYS_OF_ONE:
            raise TooManyPasskeys(limit=PASSKEYS_OF_ONE)
        passkey = passkey_of(user.id, made, host=self.passkeys.host, name=name, now=self.clock.now())
        codes = await self.keeping.add(user, passkey)
        await self.keeping.tell(user, "passkey_added", name=passkey.name)
        await self.challenges.spend(challenge)
        await self.transaction.commit()
        return NewFactor(factor=passkey, codes=codes)

    def _begun(self, user: User, token: str) -> Challenge:
        try:
            found = self.challenges.read(token, ChallengePurpose.PASSKEY_ADDED)
        except ChallengeEnded:
            raise SetupEnded from None
        if found.subject != user.id:
            raise SetupEnded
        return found

    def _made(self, answer: str, nonce: str) -> PasskeyMade:
        try:
            return self.passkeys.made(answer, nonce)
        except PasskeyRefused:
            raise PasskeyNotMade from None
