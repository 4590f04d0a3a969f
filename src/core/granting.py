"""Nobody gives what she lacks, and somebody always keeps the keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.actions import ABOUT
from core.errors import Conflict, Forbidden, Invalid, Problem
from core.identity import Role, RoleKey, UserId
from core.policy import SITE_ACTIONS, Policies, PolicySource, Rights, is_wider
from core.text import N_


class GrantsTooMuch(Forbidden):
    """*lacking* are the rights that whoever asked would have given without having them."""

    code = "grants_too_much"
    message = N_("This concerns rights that you do not have yourself.")

    def __init__(self, *lacking: Action) -> None:
        super().__init__()
        self.lacking = lacking


class LastOwner(Conflict):
    code = "last_owner"
    message = N_("A site needs at least one owner. Make somebody else an owner first.")


def refuse_last_owner(owners: Collection[UserId], leaving: UserId) -> None:
    """Raise LastOwner when *leaving* is all that is left of the enabled *owners*."""
    if set(owners) == {leaving}:
        raise LastOwner


def refuse_beyond(access: Access, given: Iterable[tuple[Action, Scope]]) -> None:
    """Raise GrantsTooMuch when something of what is *given* reaches further than the actor's own right."""
    if access.actor.role == Role.OPERATOR:
        return
    lacking = {
        action: None for action, scope in given if not ABOUT[action].is_basic and is_wider(scope, access.scope(action))
    }
    if lacking:
        raise GrantsTooMuch(*lacking)


def rights_of(role: RoleKey, rights: Rights) -> list[tuple[Action, Scope]]:
    return [(action, rights.get((role, action), Scope.NONE)) for action in SITE_ACTIONS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """Asked before anybody is given a role, or loses one."""

    access: Access
    policies: Policies
    policy_source: PolicySource

    async def check(self, role: RoleKey, *, field: str = "role") -> None:
        """Raise Invalid for a role that this site's members cannot have, GrantsTooMuch for one beyond the actor's."""
        policy = await self.policy_source.policy()
        if role not in policy.member_keys:
            raise Invalid(Problem.of(field, N_("Choose one of the roles offered.")))
        refuse_beyond(self.access, rights_of(role, self.policies.rights(policy)))

    async def offered(self) -> tuple[RoleKey, ...]:
        """The roles that the actor can give, least first as the site orders them."""
        policy = await self.policy_source.policy()
        rights = self.policies.rights(policy)
        return tuple(role for role in policy.member_keys if self._can_give(role, rights))

    def _can_give(self, role: RoleKey, rights: Rights) -> bool:
        try:
            refuse_beyond(self.access, rights_of(role, rights))
        except GrantsTooMuch:
            return False
        return True
