"""Who may do what: the base policy of the release and the differences of a site, asked through Casbin.

A policy is shared by all sites with equal differences and answers each question once: the answers are few.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casbin import Enforcer, Model
from casbin.persist.adapters import FileAdapter

from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, PolicyDifference, Scope, reaches, refusal
from core.identity import SITE_ROLES, Actor, Role, RoleKey

Rules = Mapping[tuple[RoleKey, Action], Scope]
_SUBJECT = "role:"


class BadPolicy(Exception):
    """The policy file names what does not exist."""


class CasbinPolicies:
    """Policies by their differences from the base; the *kept* last used ones stay in memory."""

    def __init__(self, model: Path, policy: Path, kept: int = 128) -> None:
        self._model_text = model.read_text(encoding="utf-8")
        self._base_rules = _read_rules(model, policy)
        self._base = self._built(())
        self._others = lru_cache(maxsize=kept)(self._built)

    def access(self, actor: Actor, differences: tuple[PolicyDifference, ...]) -> "CasbinAccess":
        return CasbinAccess(actor=actor, policy=self._others(differences) if differences else self._base)

    def _built(self, differences: tuple[PolicyDifference, ...]) -> "CasbinPolicy":
        rules = dict(self._base_rules)
        for difference in differences:
            rules[difference.role, difference.action] = difference.scope
        return CasbinPolicy(self._model_text, {key: reach for key, reach in rules.items() if _is_grantable(*key)})


class CasbinPolicy:
    """One policy: an enforcer and the answers it has given."""

    def __init__(self, model_text: str, rules: Rules) -> None:
        model = Model()
        model.load_model_from_text(model_text)
        self._enforcer = Enforcer(model)
        granted = {key: scope for key, scope in rules.items() if scope is not Scope.NONE}
        self._enforcer.add_policies(
            [[_subject(role), action.value, scope.value] for (role, action), scope in granted.items()]
        )
        self._answers: dict[tuple[RoleKey, Action], Scope] = {}

    def scope(self, role: RoleKey, action: Action) -> Scope:
        """How far *role* may do *action*."""
        known = self._answers.get((role, action))
        if known is not None:
            return known
        return self._answers.setdefault((role, action), self._asked(role, action))

    def _asked(self, role: RoleKey, action: Action) -> Scope:
        if not _is_grantable(role, action):
            return Scope.NONE
        for scope in (Scope.ALL, Scope.OWN):
            if self._enforcer.enforce(_subject(role), action.value, scope.value):
                return scope
        return Scope.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class CasbinAccess:
    """What *actor* may do under *policy*."""

    actor: Actor
    policy: CasbinPolicy

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        if not self.can(action, on=on):
            raise refusal(self.actor)

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        scope = self.policy.scope(self.actor.role, action)
        return scope is Scope.ALL or reaches(scope, self.actor, on)

    def scope(self, action: Action) -> Scope:
        return self.policy.scope(self.actor.role, action)

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        able = (role for role in SITE_ROLES if reaches(self.policy.scope(role, action), self.actor, on))
        return Explanation(
            action=action,
            role=self.actor.role,
            is_allowed=self.can(action, on=on),
            scope=self.scope(action),
            nearest_role=Role.OPERATOR if action in OPERATOR_ACTIONS else next(able, None),
        )


def _is_grantable(role: RoleKey, action: Action) -> bool:
    """The operator's actions and the operator's role are beyond any site's policy."""
    return action not in OPERATOR_ACTIONS and role in SITE_ROLES


def _subject(role: RoleKey) -> str:
    """Casbin compares words: without a prefix, somebody named like a role would have its rights."""
    return f"{_SUBJECT}{role}"


def _read_rules(model: Path, policy: Path) -> dict[tuple[RoleKey, Action], Scope]:
    loaded = Enforcer(str(model), FileAdapter(str(policy)))
    rules: dict[tuple[RoleKey, Action], Scope] = {}
    for line in loaded.get_policy():
        key, reach = _rule(policy, line)
        if key in rules:
            raise BadPolicy(f"{policy}: “{', '.join(line)}” is said twice")
        rules[key] = reach
    return rules


def _rule(policy: Path, line: list[str]) -> tuple[tuple[RoleKey, Action], Scope]:
    try:
        subject, action, reach = line
        role = Role(subject.removeprefix(_SUBJECT))
        key, scope = (role, Action(action)), Scope(reach)
    except ValueError as error:
        raise BadPolicy(f"{policy}: “{', '.join(line)}”: {error}") from None
    if not (subject.startswith(_SUBJECT) and _is_grantable(*key)) or scope is Scope.NONE:
        raise BadPolicy(f"{policy}: “{', '.join(line)}” cannot be granted")
    return key, scope
