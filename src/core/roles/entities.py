"""The roles of a site and what they may, as somebody edits them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.access import Action, PolicyDifference, Scope
from core.errors import Problem, StaleVersion, refuse_if_any
from core.identity import MEMBER_ROLES, Role, RoleKey
from core.policy import SITE_ACTIONS, Rights, SitePolicy, SiteRole, is_settable, is_wider, scopes_for
from core.roles.errors import RoleFixed, RoleKeyTaken, RoleNotFound
from core.text import N_

NAME_LENGTH = 60
DESCRIPTION_LENGTH = 300
MOST_ROLES = 30
_KEY = re.compile(r"[a-z][a-z0-9-]{1,39}")
_RESERVED = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True, kw_only=True)
class RightChange:
    """What *role* may do changes from *before* to *after*."""

    role: RoleKey
    action: Action
    before: Scope
    after: Scope

    @property
    def is_wider(self) -> bool:
        return is_wider(self.after, self.before)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleBook:
    """All that a site says about roles, under one *version*: what one change allows depends on all the others."""

    version: int
    policy: SitePolicy

    def expect(self, version: int | None) -> None:
        """Raise StaleVersion when *version* (None: any) is not what stands."""
        if version is not None and version != self.version:
            raise StaleVersion(current=self.version)

    def require(self, key: RoleKey) -> None:
        """Raise RoleNotFound when the site has no such role."""
        if key not in self.policy.keys:
            raise RoleNotFound

    def own(self, key: RoleKey) -> SiteRole:
        """A role that the site made. Raises RoleNotFound, or RoleFixed for one that every site has."""
        self.require(key)
        found = self.policy.find(key)
        if found is None:
            raise RoleFixed
        return found

    def with_role(self, role: SiteRole) -> RoleBook:
        refuse_if_any(role_problems(role))
        if role.key in self.policy.keys or role.key in _RESERVED:
            raise RoleKeyTaken
        if len(self.policy.roles) >= MOST_ROLES:
            refuse_if_any([Problem.of("name", N_("A site has at most %(limit)d roles of its own."), limit=MOST_ROLES)])
        return replace(self, policy=replace(self.policy, roles=(*self.policy.roles, role)))

    def changed(self, role: SiteRole) -> RoleBook:
        """*role* takes the place of the one with its key."""
        refuse_if_any(role_problems(role))
        self.own(role.key)
        roles = tuple(role if one.key == role.key else one for one in self.policy.roles)
        return replace(self, policy=replace(self.policy, roles=roles))

    def without(self, key: RoleKey) -> RoleBook:
        gone = self.own(key)
        roles = tuple(one for one in self.policy.roles if one != gone)
        left = tuple(one for one in self.policy.differences if one.role != key)
        return replace(self, policy=SitePolicy(roles=roles, differences=left))

    def permitting(self, key: RoleKey, wanted: Mapping[Action, Scope], defaults: Rights) -> RoleBook:
        """*key* has what is *wanted*; what is not named stays. What the release gives anyway leaves no difference.

        Raises RoleNotFound, RoleFixed (the owner's), Invalid for what cannot be chosen.
        """
        self.require(key)
        if key == Role.OWNER:
            raise RoleFixed
        base = self.policy.base_of(key)
        gives = {action: defaults.get((base, action), Scope.NONE) for action in SITE_ACTIONS}
        refuse_if_any([problem for item in wanted.items() if (problem := _scope_problem(key, *item, gives))])
        said = {one.action: one.scope for one in self.policy.differences if one.role == key} | dict(wanted)
        mine = [
            PolicyDifference(role=key, action=action, scope=scope)
            for action, scope in said.items()
            if is_settable(key, action) and scope is not gives[action]
        ]
        rest = [one for one in self.policy.differences if one.role != key]
        ordered = tuple(sorted((*rest, *mine), key=lambda one: (one.role, one.action)))
        return replace(self, policy=replace(self.policy, differences=ordered))


def right_changes(before: Rights, after: Rights) -> tuple[RightChange, ...]:
    """What is not the same, by role and action."""
    both = dict.fromkeys((*before, *after))
    moves = ((key, before.get(key, Scope.NONE), after.get(key, Scope.NONE)) for key in both)
    return tuple(
        RightChange(role=role, action=action, before=was, after=becomes)
        for (role, action), was, becomes in moves
        if was is not becomes
    )


def role_problems(role: SiteRole) -> list[Problem]:
    problems = (_key_problem(role.key), _name_problem(role.name), _description_problem(role), _base_problem(role.base))
    return [problem for problem in problems if problem]


def _key_problem(key: RoleKey) -> Problem | None:
    if _KEY.fullmatch(key):
        return None
    return Problem.of("key", N_("Use 2 to 40 small letters, digits and hyphens, beginning with a letter."))


def _name_problem(name: str) -> Problem | None:
    if name.strip() and len(name) <= NAME_LENGTH:
        return None
    return Problem.of("name", N_("Give the role a name of at most %(limit)d characters."), limit=NAME_LENGTH)


def _description_problem(role: SiteRole) -> Problem | None:
    if len(role.description) <= DESCRIPTION_LENGTH:
        return None
    return Problem.of("description", N_("At most %(limit)d characters, please."), limit=DESCRIPTION_LENGTH)


def _base_problem(base: RoleKey) -> Problem | None:
    return None if base in MEMBER_ROLES else Problem.of("base", N_("Choose one of the roles offered."))


def _scope_problem(role: RoleKey, action: Action, scope: Scope, gives: Mapping[Action, Scope]) -> Problem | None:
    default = gives.get(action)
    if default is not None and scope in scopes_for(role, action, default):
        return None
    return Problem.of(f"/permissions/{action}", N_("This role cannot have this right so far."))
