"""Nobody gives what she lacks, and somebody always keeps the keys."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.actions import ABOUT
from core.audit import Refusals
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


def refuse_beyond(
    access: Access, given: Iterable[tuple[Action, Scope]], refusals: Refusals, *, action: Action, role: RoleKey
) -> None:
    """Raise GrantsTooMuch when something of what is *given* reaches further than the actor's own right. Who tried that,
    by *action* and with *role*, stands in the log."""
    lacking = beyond(access, given)
    if lacking:
        refusals.note(action, actor=access.actor, subject=role, label=role, reason=GrantsTooMuch.code)
        raise GrantsTooMuch(*lacking)


def beyond(access: Access, given: Iterable[tuple[Action, Scope]]) -> tuple[Action, ...]:
    """Of what is *given* that which reaches further than the actor's own right."""
    if access.actor.role == Role.OPERATOR:
        return ()
    lacking = (
        action for action, scope in given if not ABOUT[action].is_basic and is_wider(scope, access.scope(action))
    )
    return tuple(dict.fromkeys(lacking))


def rights_of(role: RoleKey, rights: Rights) -> list[tuple[Action, Scope]]:
    return [(action, rights.get((role, action), Scope.NONE)) for action in SITE_ACTIONS]


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """Asked before anybody is given a role, or loses one."""

    access: Access
    policies: Policies
    policy_source: PolicySource
    refusals: Refusals

    async def hold(self) -> None:
        """Before anything is locked on the way to giving a role: nobody ends it meanwhile."""
        await self.policy_source.hold()

    async def check(self, role: RoleKey, *, field: str = "role") -> None:
        """Raise Invalid for a role that this site's members cannot have, GrantsTooMuch for one beyond the actor's."""
        policy = await self.policy_source.policy()
        if role not in policy.member_keys:
            raise Invalid(Problem.of(field, N_("Choose one of the roles offered.")))
        self._refuse_beyond(role, self.policies.rights(policy))

    async def check_held(self, role: RoleKey) -> None:
        """Before somebody loses *role*: raise GrantsTooMuch when it is beyond the actor's. One that is no more has no
        rights."""
        self._refuse_beyond(role, self.policies.rights(await self.policy_source.policy()))

    async def offered(self) -> tuple[RoleKey, ...]:
        """The roles that the actor can give, least first as the site orders them."""
        policy = await self.policy_source.policy()
        rights = self.policies.rights(policy)
        return tuple(role for role in policy.member_keys if not beyond(self.access, rights_of(role, rights)))

    def _refuse_beyond(self, role: RoleKey, rights: Rights) -> None:
        given = rights_of(role, rights)
        refuse_beyond(self.access, given, self.refusals, action=Action.SET_ROLE, role=role)
