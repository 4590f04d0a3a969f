"""The reasons behind a decision, worked out from what decides."""

from __future__ import annotations

from collections.abc import Iterable

from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, Scope, reaches
from core.identity import Actor, Role, RoleKey
from core.policy import SITE_ACTIONS, Rights, SitePolicy, is_wider


def explanation(
    actor: Actor, action: Action, on: Owned | None, *, scope: Scope, policy: SitePolicy, rights: Rights, default: Scope
) -> Explanation:
    """*scope* is the actor's own, *rights* are those of all roles, *default* is what the release says of the role."""
    able = (role for role in policy.keys if reaches(_reach(rights, role, action), actor, on))
    return Explanation(
        action=action,
        role=actor.role,
        base=policy.base_of(actor.role),
        is_allowed=reaches(scope, actor, on),
        scope=scope,
        role_scope=_reach(rights, actor.role, action),
        default=default,
        is_own=None if on is None else reaches(Scope.OWN, actor, on),
        nearest_role=Role.OPERATOR if action in OPERATOR_ACTIONS else nearest(actor.role, able, rights),
    )


def nearest(role: RoleKey, able: Iterable[RoleKey], rights: Rights) -> RoleKey | None:
    """Of the roles that are *able* the one that adds least to what *role* may; of equals the first."""

    def additions(other: RoleKey) -> int:
        return sum(is_wider(_reach(rights, other, action), _reach(rights, role, action)) for action in SITE_ACTIONS)

    return min(able, key=additions, default=None)


def _reach(rights: Rights, role: RoleKey, action: Action) -> Scope:
    return rights.get((role, action), Scope.NONE)
