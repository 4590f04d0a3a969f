"""What a site asks of those who sign in, and what is left of somebody's rights until she has done it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from core.access import Access, Action, Explanation, Owned, Scope
from core.errors import Forbidden
from core.identity import Actor, RoleKey
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityRules:
    """Whoever has one of *factor_roles* needs a second factor."""

    factor_roles: frozenset[RoleKey] = frozenset()
    version: int = 1

    def asks_factor_of(self, role: RoleKey) -> bool:
        return role in self.factor_roles


class SecurityStorage(Protocol):
    """This site's rules."""

    async def get(self) -> SecurityRules: ...

    async def save(self, rules: SecurityRules) -> SecurityRules:
        """With its new version. Raises StaleVersion."""
        ...


class FactorNeeded(Forbidden):
    code = "factor_needed"
    message = N_("Your role needs a second factor. Set one up first: until then nothing else can be done.")


WHILE_WAITING = frozenset(
    {
        Action.MANAGE_FACTORS,
        Action.READ_SESSION,
        Action.END_SESSION,
        Action.CHANGE_CREDENTIALS,
    }
)
"""What somebody still may who has to set up a second factor, beside what every visitor may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitingFactor:
    """*access* of somebody who owes the site a second factor: to everything that *visitor* may not either, the answer
    is to set one up. Pages, API and tokens are refused alike, since all of them ask here."""

    access: Access
    visitor: Access

    @property
    def actor(self) -> Actor:
        return self.access.actor

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        if not self._is_open(action):
            raise FactorNeeded
        self.access.require(action, on=on)

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        return self._is_open(action) and self.access.can(action, on=on)

    def scope(self, action: Action) -> Scope:
        return self.access.scope(action) if self._is_open(action) else Scope.NONE

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        why = self.access.explain(action, on=on)
        return why if self._is_open(action) else replace(why, is_allowed=False, scope=Scope.NONE)

    def _is_open(self, action: Action) -> bool:
        return action in WHILE_WAITING or self.visitor.can(action)
