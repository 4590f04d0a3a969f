"""Who may do what: the base policy of the release and the differences of a site, asked through Casbin.

A policy is shared by all sites with equal differences and answers each question once: the answers are few.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casbin import Enforcer, Model
from casbin.persist.adapters import FileAdapter

from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, Scope, reaches, refusal
from core.explaining import explanation
from core.identity import SITE_ROLES, Actor, Role, RoleKey
from core.policy import Rights, SitePolicy, rights_in
from core.token_rights import by_token

_SUBJECT = "role:"


class BadPolicy(Exception):
    """The policy file names what does not exist."""


class CasbinPolicies:
    """Policies by what sites say themselves; the *kept* last used ones stay in memory."""

    def __init__(self, model: Path, policy: Path, kept: int = 128) -> None:
        self._model_text = model.read_text(encoding="utf-8")
        self.defaults: Rights = _read_rules(model, policy)
        self._of = lru_cache(maxsize=kept)(self._built)
        self._base = self._built(SitePolicy())

    def access(self, actor: Actor, policy: SitePolicy) -> "CasbinAccess":
        is_changed = policy.roles or policy.differences
        return CasbinAccess(actor=actor, policy=self._of(policy) if is_changed else self._base)

    def rights(self, policy: SitePolicy) -> Rights:
        return rights_in(policy, self.defaults)

    def _built(self, policy: SitePolicy) -> "CasbinPolicy":
        return CasbinPolicy(self._model_text, policy, self.defaults)


class CasbinPolicy:
    """One policy: an enforcer and the answers it has given; *rights* are what it was made of, for explanations only."""

    def __init__(self, model_text: str, site: SitePolicy, defaults: Rights) -> None:
        model = Model()
        model.load_model_from_text(model_text)
        self.site = site
        self._defaults = defaults
        self._enforcer = Enforcer(model)
        self.rights = rights_in(site, defaults)
        granted = {key: scope for key, scope in self.rights.items() if scope is not Scope.NONE}
        self._enforcer.add_policies(
            [[_subject(role), action.value, scope.value] for (role, action), scope in granted.items()]
        )
        self._answers: dict[tuple[RoleKey, Action], Scope] = {}

    def default(self, role: RoleKey, action: Action) -> Scope:
        """What the release gives *role*, or the role that it is made from."""
        return self._defaults.get((self.site.base_of(role), action), Scope.NONE)

    def scope(self, role: RoleKey, action: Action) -> Scope:
        """How far *role* may do *action*."""
        known = self._answers.get((role, action))
        if known is not None:
            return known
        return self._answers.setdefault((role, action), self._asked(role, action))

    def _asked(self, role: RoleKey, action: Action) -> Scope:
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
            raise refusal(self.actor, self.explain(action, on=on))

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        scope = self.scope(action)
        return scope is Scope.ALL or reaches(scope, self.actor, on)

    def scope(self, action: Action) -> Scope:
        reach = self.policy.scope(self.actor.role, action)
        if self.actor.scopes is None:
            return reach
        return by_token(self.actor, action, reach, self.policy.scope(Role.VISITOR, action))

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        return explanation(
            self.actor,
            action,
            on,
            scope=self.scope(action),
            policy=self.policy.site,
            rights=self.policy.rights,
            default=self.policy.default(self.actor.role, action),
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
