import pytest

from core.access import Action, Scope
from core.identity import Actor, Role
from core.token_rights import DRAFTING, by_token

MEMBER = Actor(role=Role.AUTHOR)
TOKEN = Actor(role=Role.AUTHOR, scopes=frozenset({Action.EDIT_POST, Action.PUBLISH_POST}))
DRAFTER = Actor(role=Role.AUTHOR, scopes=frozenset({Action.EDIT_POST, Action.PUBLISH_POST}), is_draft_only=True)
ALL, OWN, NONE = Scope.ALL, Scope.OWN, Scope.NONE


@pytest.mark.parametrize(
    ("actor", "action", "reach", "open_to_all", "left"),
    [
        (MEMBER, Action.EDIT_SITE, ALL, NONE, ALL),
        (TOKEN, Action.EDIT_POST, OWN, NONE, OWN),
        (TOKEN, Action.EDIT_SITE, ALL, NONE, NONE),
        (TOKEN, Action.READ_POST, ALL, ALL, ALL),
        (TOKEN, Action.READ_POST, NONE, ALL, NONE),
        (TOKEN, Action.READ_POST, OWN, ALL, OWN),
        (TOKEN, Action.READ_POST, ALL, OWN, OWN),
        (DRAFTER, Action.EDIT_POST, OWN, NONE, OWN),
        (DRAFTER, Action.PUBLISH_POST, OWN, NONE, NONE),
    ],
)
def test_a_token_leaves_what_it_was_made_for(
    actor: Actor, action: Action, reach: Scope, open_to_all: Scope, left: Scope
) -> None:
    assert by_token(actor, action, reach, open_to_all) is left


def test_drafting_makes_nothing_public() -> None:
    assert not DRAFTING & {
        Action.PUBLISH_POST,
        Action.WITHDRAW_POST,
        Action.PUBLISH_QUESTION,
        Action.WITHDRAW_QUESTION,
        Action.CREATE_TOKENS,
    }
