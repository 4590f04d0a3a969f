from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.security import SecurityStorage
from core.transaction import Transaction
from core.users.entities import User
from core.users.factor_errors import FactorNotFound, FactorRequired, LastWayIn
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import Factor, FactorId, FactorKind, FactorStorage, second_factors
from core.users.oneself import oneself
from core.users.storage import UserStorage

_REMOVED = {FactorKind.TOTP: "totp_removed", FactorKind.PASSKEY: "passkey_removed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveFactor:
    """A member removes an app or a passkey of hers; with the last one the recovery codes go. She is told by mail.

    Refused with FactorNotFound, FactorRequired, LastWayIn or WrongPassword.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    security: SecurityStorage
    reassurance: Reassurance
    keeping: FactorKeeping
    transaction: Transaction

    async def __call__(self, factor_id: FactorId, *, password: str) -> None:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        found = self._found(await self.factors.list_of(user.id), factor_id)
        user = await self.reassurance.of(user, password)
        others = [one for one in second_factors(await self.factors.lock_of(user.id)) if one.id != found.id]
        await self._refuse_last(user, others)
        if others:
            await self.factors.delete(found.id)
        else:
            await self.factors.delete_of(user.id)
        await self.keeping.tell(user, _REMOVED[found.kind], name=found.name)
        await self.transaction.commit()

    def _found(self, kept: Sequence[Factor], factor_id: FactorId) -> Factor:
        found = next((one for one in second_factors(kept) if one.id == factor_id), None)
        if found is None:
            raise FactorNotFound
        return found

    async def _refuse_last(self, user: User, others: Sequence[Factor]) -> None:
        if not others and (await self.security.get()).asks_factor_of(user.role):
            raise FactorRequired
        if user.password_hash is None and not any(one.kind is FactorKind.PASSKEY for one in others):
            raise LastWayIn
