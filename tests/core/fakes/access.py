from functools import cache
from pathlib import Path

from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, PolicyDifference, Scope, reaches, refusal
from core.identity import SITE_ROLES, Actor, Role, RoleKey

POLICY = Path(__file__).parents[3] / "src/config/access/policy.csv"


@cache
def base_policy() -> dict[tuple[RoleKey, Action], Scope]:
    """The policy that the release ships, so that a test's editor may what a real one may."""
    lines = [line.split(", ") for line in POLICY.read_text(encoding="utf-8").splitlines() if line.startswith("p, ")]
    return {(Role(who.removeprefix("role:")), Action(action)): Scope(reach) for _, who, action, reach in lines}


class FakeAccess:
    def __init__(self, actor: Actor, *differences: PolicyDifference) -> None:
        self.actor = actor
        changed = {(difference.role, difference.action): difference.scope for difference in differences}
        self._rules = base_policy() | changed | {(Role.OPERATOR, action): Scope.ALL for action in OPERATOR_ACTIONS}

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        if not self.can(action, on=on):
            raise refusal(self.actor)

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        return reaches(self.scope(action), self.actor, on)

    def scope(self, action: Action) -> Scope:
        return self._scope(self.actor.role, action)

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        able = (role for role in SITE_ROLES if reaches(self._scope(role, action), self.actor, on))
        return Explanation(
            action=action,
            role=self.actor.role,
            is_allowed=self.can(action, on=on),
            scope=self.scope(action),
            nearest_role=Role.OPERATOR if action in OPERATOR_ACTIONS else next(able, None),
        )

    def _scope(self, role: RoleKey, action: Action) -> Scope:
        return self._rules.get((role, action), Scope.NONE)
