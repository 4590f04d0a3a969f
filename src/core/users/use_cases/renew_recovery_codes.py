from dataclasses import dataclass

from core.access import Access, Action
from core.transaction import Transaction
from core.users.factor_errors import NoFactorYet
from core.users.factor_keeping import FactorKeeping, Reassurance
from core.users.factors import FactorStorage
from core.users.oneself import oneself
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewRecoveryCodes:
    """A member gets new recovery codes, told this once; those of before are worth nothing. She is told by mail.

    Refused with NoFactorYet or WrongPassword.
    """

    access: Access
    users: UserStorage
    factors: FactorStorage
    reassurance: Reassurance
    keeping: FactorKeeping
    transaction: Transaction

    async def __call__(self, *, password: str) -> tuple[str, ...]:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        if not await self.factors.is_held_by(user.id):
            raise NoFactorYet
        user = await self.reassurance.of(user, password)
        codes = await self.keeping.renew_codes(user)
        await self.keeping.tell(user, "recovery_codes")
        await self.transaction.commit()
        return codes
