from functools import cache, lru_cache
from pathlib import Path

from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, PolicyDifference, Scope, reaches, refusal
from core.explaining import explanation
from core.identity import Actor, Role, RoleKey
from core.policy import Rights, SitePolicy, SiteRole, rights_in
from core.token_rights import by_token

POLICY = Path(__file__).parents[3] / "src/config/access/policy.csv"


@cache
def base_policy() -> dict[tuple[RoleKey, Action], Scope]:
    """The policy that the release ships, so that a test's editor may what a real one may."""
    lines = [line.split(", ") for line in POLICY.read_text(encoding="utf-8").splitlines() if line.startswith("p, ")]
    return {(Role(who.removeprefix("role:")), Action(action)): Scope(reach) for _, who, action, reach in lines}


@lru_cache(256)
def site_rights(policy: SitePolicy) -> Rights:
    return rights_in(policy, base_policy())


class FakeAccess:
    def __init__(self, actor: Actor, *differences: PolicyDifference, roles: tuple[SiteRole, ...] = ()) -> None:
        self.actor = actor
        self._policy = SitePolicy(roles=roles, differences=differences)
        self._defaults = base_policy() | {(Role.OPERATOR, action): Scope.ALL for action in OPERATOR_ACTIONS}
        self._rules = {**self._defaults, **site_rights(self._policy)}

    def but(self, action: Action, scope: Scope) -> "FakeAccess":
        """The actor's right is as a test needs it, whatever a site could say."""
        self._rules[self.actor.role, action] = scope
        return self

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        if not self.can(action, on=on):
            raise refusal(self.actor, self.explain(action, on=on))

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        return reaches(self.scope(action), self.actor, on)

    def scope(self, action: Action) -> Scope:
        return by_token(self.actor, action, self._scope(self.actor.role, action), self._scope(Role.VISITOR, action))

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        role = self.actor.role
        return explanation(
            self.actor,
            action,
            on,
            scope=self.scope(action),
            policy=self._policy,
            rights=self._rules,
            default=self._defaults.get((self._policy.base_of(role), action), Scope.NONE),
        )

    def _scope(self, role: RoleKey, action: Action) -> Scope:
        return self._rules.get((role, action), Scope.NONE)


class FakePolicies:
    @property
    def defaults(self) -> Rights:
        return base_policy()

    def rights(self, policy: SitePolicy) -> Rights:
        return site_rights(policy)

    def access(self, actor: Actor, policy: SitePolicy) -> FakeAccess:
        return FakeAccess(actor, *policy.differences, roles=policy.roles)
