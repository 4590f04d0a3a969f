"""What an API token leaves of the rights of the one who made it."""

from __future__ import annotations

from core.access import Action, Scope
from core.identity import Actor

DRAFTING = frozenset(
    {
        Action.OPEN_DESK,
        Action.READ_UNPUBLISHED_POST,
        Action.DRAFT_POST,
        Action.EDIT_POST,
        Action.TRASH_POST,
        Action.RESTORE_POST,
        Action.PREVIEW_POST,
        Action.READ_UNPUBLISHED_QUESTION,
        Action.DRAFT_QUESTION,
        Action.EDIT_QUESTION,
        Action.TRASH_QUESTION,
        Action.RESTORE_QUESTION,
        Action.LIST_MEDIA,
        Action.UPLOAD_MEDIA,
        Action.EXPORT_CONTENT,
    }
)
"""All that a draft-only token can do beyond what everybody may. What is public is safe from it: to change, trash or
restore that, the use cases also ask for the right to publish or to withdraw, which is not among these."""

_BY_REACH = (Scope.NONE, Scope.OWN, Scope.ALL)
_ONES_OWN_KEYS = {"user.change_credentials", "factor.manage", "factor.reset", "factor.require"}
NOT_BY_TOKEN = frozenset(action for action in Action if action.value in _ONES_OWN_KEYS)
"""How somebody signs in is changed by herself, with what she signs in with: a token could keep her out of her own
account."""


def by_token(actor: Actor, action: Action, reach: Scope, open_to_all: Scope) -> Scope:
    """How far *actor* may do *action* when the role reaches as far as *reach* and everybody's rights *open_to_all*.

    A token without the scope is as good as none: what any visitor may needs no scope, and nothing else is left.
    """
    if actor.scopes is None or _is_within(actor, actor.scopes, action):
        return reach
    return min(reach, open_to_all, key=_BY_REACH.index)


def _is_within(actor: Actor, scopes: frozenset[Action], action: Action) -> bool:
    return action in scopes and action not in NOT_BY_TOKEN and (action in DRAFTING or not actor.is_draft_only)
