"""Roles as somebody looks at them."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import Action, Scope
from core.identity import Role, RoleKey
from core.policy import Policies, Rights, SitePolicy, SiteRole
from core.roles.entities import RightChange, RoleBook, right_changes


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleShown:
    """*own* is None for a role that every site has; *people* have it or are invited to it."""

    key: RoleKey
    own: SiteRole | None
    base: RoleKey
    people: int

    @property
    def is_fixed(self) -> bool:
        return self.key == Role.OWNER


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesShown:
    """Everything about the roles of a site: who has which, *rights* as they are and *defaults* of the release."""

    version: int
    policy: SitePolicy
    roles: tuple[RoleShown, ...]
    rights: Rights
    defaults: Rights

    def role(self, key: RoleKey) -> RoleShown:
        return next(role for role in self.roles if role.key == key)

    def scope(self, key: RoleKey, action: Action) -> Scope:
        return self.rights.get((key, action), Scope.NONE)

    def default(self, key: RoleKey, action: Action) -> Scope:
        """What the release gives *key*, or the role that it is made from."""
        return self.defaults.get((self.policy.base_of(key), action), Scope.NONE)


def shown(book: RoleBook, policies: Policies, people: dict[RoleKey, int]) -> RolesShown:
    policy = book.policy
    return RolesShown(
        version=book.version,
        policy=policy,
        roles=tuple(
            RoleShown(key=key, own=policy.find(key), base=policy.base_of(key), people=people.get(key, 0))
            for key in policy.keys
        ),
        rights=policies.rights(policy),
        defaults=policies.defaults,
    )


def changes_between(before: RoleBook, after: RoleBook, policies: Policies) -> tuple[RightChange, ...]:
    return right_changes(policies.rights(before.policy), policies.rights(after.policy))
