from dataclasses import dataclass

from core.access import Access, Action
from core.security import SecurityStorage
from core.users.factors import FactorKind, FactorStorage, OwnFactors, of_kind
from core.users.oneself import oneself
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFactors:
    """A member sees what she signs in with beside her password."""

    access: Access
    users: UserStorage
    factors: FactorStorage
    security: SecurityStorage

    async def __call__(self) -> OwnFactors:
        self.access.require(Action.MANAGE_FACTORS)
        user = await oneself(self.users, self.access)
        self.access.require(Action.MANAGE_FACTORS, on=user)
        kept, rules = await self.factors.list_of(user.id), await self.security.get()
        drawer = of_kind(kept, FactorKind.RECOVERY)
        return OwnFactors(
            app=of_kind(kept, FactorKind.TOTP),
            passkeys=tuple(factor for factor in kept if factor.kind is FactorKind.PASSKEY),
            codes_left=len(drawer.digests) if drawer else 0,
            has_password=user.password_hash is not None,
            is_required=rules.asks_factor_of(user.role),
        )
