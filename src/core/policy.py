"""The policy of one site: the roles that it made, and where it departs from what the release gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from core.access import OPERATOR_ACTIONS, OWNABLE_ACTIONS, Access, Action, PolicyDifference, Scope
from core.actions import ABOUT
from core.identity import SITE_ROLES, Actor, Role, RoleKey

SITE_ACTIONS = tuple(action for action in Action if action not in OPERATOR_ACTIONS)
Rights = Mapping[tuple[RoleKey, Action], Scope]
"""What each role may; what is not there is not allowed."""
_REACH = (Scope.NONE, Scope.OWN, Scope.ALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRole:
    """A role that the site made: it may what *base* may, new actions of a release included, but for the differences."""

    key: RoleKey
    name: str
    description: str = ""
    base: RoleKey


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePolicy:
    """*roles* in the site's order, *differences* sorted by role and action: equal policies are equal."""

    roles: tuple[SiteRole, ...] = ()
    differences: tuple[PolicyDifference, ...] = ()

    @property
    def keys(self) -> tuple[RoleKey, ...]:
        """Every role there is at this site, visitors first."""
        return (*SITE_ROLES, *(role.key for role in self.roles))

    @property
    def member_keys(self) -> tuple[RoleKey, ...]:
        """The roles that somebody can have who signs in."""
        return tuple(key for key in self.keys if key != Role.VISITOR)

    def find(self, key: RoleKey) -> SiteRole | None:
        return next((role for role in self.roles if role.key == key), None)

    def base_of(self, key: RoleKey) -> RoleKey:
        """The role whose lines of the release count for *key*."""
        found = self.find(key)
        return found.base if found else key


class Policies(Protocol):
    """What a policy means for somebody: also for a policy that no site has yet."""

    def access(self, actor: Actor, policy: SitePolicy) -> Access: ...

    def rights(self, policy: SitePolicy) -> Rights:
        """What each role would have; quick, however new the policy is."""
        ...

    @property
    def defaults(self) -> Rights:
        """What the release gives to the roles that every site has."""
        ...


class PolicySource(Protocol):
    async def policy(self) -> SitePolicy:
        """The site's policy as it stands in the database now."""
        ...

    async def hold(self) -> None:
        """No role ends before the present transaction does. Ask for it before any other lock."""
        ...


def is_wider(one: Scope, other: Scope) -> bool:
    return _REACH.index(one) > _REACH.index(other)


def is_settable(role: RoleKey, action: Action) -> bool:
    """Whether a site can have its own opinion about it at all."""
    return role not in (Role.OWNER, Role.OPERATOR) and action not in OPERATOR_ACTIONS and not _is_basic(action)


def scopes_for(role: RoleKey, action: Action, default: Scope) -> tuple[Scope, ...]:
    """What a site may choose from; *default* is the release's. A visitor never gets more than that: rights to change
    things need somebody who can be held to account."""
    if not is_settable(role, action):
        return (default,)
    widest = default if role == Role.VISITOR else Scope.ALL
    offered = (Scope.NONE, Scope.OWN, Scope.ALL) if action in OWNABLE_ACTIONS else (Scope.NONE, Scope.ALL)
    return tuple(scope for scope in offered if not is_wider(scope, widest))


def rights_in(policy: SitePolicy, defaults: Rights) -> dict[tuple[RoleKey, Action], Scope]:
    """What each role of the site may: the release's lines of its base, and over them what the site says itself.

    A difference that no site may make (written by hand, or by another release) has no effect.
    """
    said = {(one.role, one.action): one.scope for one in policy.differences}
    return {
        (role, action): _chosen(role, action, default, said.get((role, action)))
        for role, action, default in _defaults(policy, defaults)
    }


def _defaults(policy: SitePolicy, defaults: Rights) -> Iterator[tuple[RoleKey, Action, Scope]]:
    for role in policy.keys:
        base = policy.base_of(role)
        for action in SITE_ACTIONS:
            yield role, action, defaults.get((base, action), Scope.NONE)


def _chosen(role: RoleKey, action: Action, default: Scope, said: Scope | None) -> Scope:
    return said if said is not None and said in scopes_for(role, action, default) else default


def _is_basic(action: Action) -> bool:
    about = ABOUT.get(action)
    return about is not None and about.is_basic
