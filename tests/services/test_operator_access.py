import pytest

from core.access import OPERATOR_ACTIONS, Action, Scope
from core.errors import Forbidden
from core.identity import OPERATOR, Role
from services.operator_access import MEMBER_ONLY, OperatorAccess

access = OperatorAccess()


def test_the_operator_acts() -> None:
    assert access.actor is OPERATOR


@pytest.mark.parametrize("action", sorted(OPERATOR_ACTIONS))
def test_the_operator_runs_the_platform(action: Action) -> None:
    access.require(action)

    assert access.explain(action).nearest_role == Role.OPERATOR


@pytest.mark.parametrize("action", sorted(MEMBER_ONLY))
def test_the_operator_is_no_member(action: Action) -> None:
    with pytest.raises(Forbidden):
        access.require(action)
    explained = access.explain(action)

    assert (explained.is_allowed, explained.scope, explained.nearest_role) == (False, Scope.NONE, None)


def test_the_operator_may_everything_else() -> None:
    rest = set(Action) - MEMBER_ONLY

    assert {access.scope(action) for action in rest} == {Scope.ALL}
    assert access.explain(Action.EDIT_SITE).nearest_role == Role.OWNER
