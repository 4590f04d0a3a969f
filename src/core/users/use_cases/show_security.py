from dataclasses import dataclass

from core.access import Access, Action
from core.security import SecurityRules, SecurityStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSecurity:
    """An owner sees whose sign-in needs a second factor."""

    access: Access
    security: SecurityStorage

    async def __call__(self) -> SecurityRules:
        self.access.require(Action.REQUIRE_FACTORS)
        return await self.security.get()
