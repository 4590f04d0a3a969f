from core.access import OPERATOR_ACTIONS, Action, Explanation, Owned, Scope, refusal
from core.identity import OPERATOR, Actor, Role

MEMBER_ONLY = frozenset(
    {
        Action.OPEN_DESK,
        Action.DRAFT_POST,
        Action.DRAFT_QUESTION,
        Action.SIGN_IN,
        Action.REFRESH_SESSION,
        Action.READ_SESSION,
        Action.END_SESSION,
        Action.ACCEPT_INVITATION,
        Action.CHANGE_CREDENTIALS,
        Action.MANAGE_FACTORS,
        Action.REQUEST_PASSWORD_RESET,
        Action.USE_PASSWORD_RESET,
        Action.CONFIRM_EMAIL_CHANGE,
    }
)
"""What has no meaning without being a user of the site: writing in one's own name, staying, having a desk."""


class OperatorAccess:
    """The operator's command line may do everything that does not take a member of the site."""

    actor: Actor = OPERATOR

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        if not self.can(action, on=on):
            raise refusal(self.actor)

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        del on
        return self.scope(action) is Scope.ALL

    def scope(self, action: Action) -> Scope:
        return Scope.NONE if action in MEMBER_ONLY else Scope.ALL

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        nearest = None if action in MEMBER_ONLY else Role.OPERATOR if action in OPERATOR_ACTIONS else Role.OWNER
        scope = self.scope(action)
        return Explanation(
            action=action,
            role=self.actor.role,
            base=self.actor.role,
            is_allowed=scope is Scope.ALL,
            scope=scope,
            role_scope=scope,
            default=scope,
            is_own=None if on is None else False,
            nearest_role=nearest,
        )
