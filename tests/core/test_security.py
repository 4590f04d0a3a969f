import pytest

from core.access import Action, Scope
from core.audit import WatchedAccess
from core.identity import ANONYMOUS, Role
from core.security import AwaitingFactor, FactorNeeded
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.audit import MemoryRefusals
from tests.core.house import somebody
from tests.core.makers import draft


@pytest.fixture
def waiting() -> AwaitingFactor:
    return AwaitingFactor(access=FakeAccess(somebody(Role.OWNER)), visitor=FakeAccess(ANONYMOUS))


@pytest.mark.parametrize("action", [Action.OPEN_DESK, Action.EDIT_SITE, Action.DRAFT_POST, Action.CREATE_TOKENS])
def test_nothing_of_ones_role_is_left(waiting: AwaitingFactor, action: Action) -> None:
    with pytest.raises(FactorNeeded):
        waiting.require(action)

    assert not waiting.can(action)
    assert waiting.scope(action) is Scope.NONE
    assert not waiting.explain(action).is_allowed


@pytest.mark.parametrize("action", [Action.READ_POST, Action.MANAGE_FACTORS, Action.END_SESSION, Action.READ_WHOAMI])
def test_what_all_may_and_what_ends_the_wait_is_left(waiting: AwaitingFactor, action: Action) -> None:
    waiting.require(action)

    assert waiting.can(action)
    assert waiting.scope(action) is not Scope.NONE
    assert waiting.explain(action).is_allowed
    assert waiting.actor == somebody(Role.OWNER)


def test_a_thing_of_ones_own_is_closed_too(waiting: AwaitingFactor) -> None:
    with pytest.raises(FactorNeeded):
        waiting.require(Action.EDIT_POST, on=draft(by=Role.OWNER))


def test_it_is_written_down(waiting: AwaitingFactor) -> None:
    refusals = MemoryRefusals()

    with pytest.raises(FactorNeeded):
        WatchedAccess(access=waiting, refusals=refusals).require(Action.EDIT_SITE)

    assert [(one.action, one.reason) for one in refusals.kept] == [(Action.EDIT_SITE, "factor_needed")]
