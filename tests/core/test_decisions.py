"""Every role × every action × one's own, another's, another site's: as decided, and so by every use case."""

import inspect
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.access import OPERATOR_ACTIONS, OWNABLE_ACTIONS, Action, Explanation, Owned, Scope, reaches, refusal
from core.errors import Forbidden, Unauthenticated
from core.identity import ANONYMOUS, Actor, Role, UserId
from tests.architecture.test_use_cases import FILES, call_of, required_actions, use_case_of
from tests.core.decisions import DECISIONS, ROLES, decided
from tests.core.fakes.access import FakeAccess

EVERY_USE_CASE = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[1].name}.{path.stem}")


@dataclass(frozen=True, kw_only=True)
class Thing:
    owner_id: UserId | None


HERS, ANOTHERS, NOBODYS = Thing(owner_id=UserId("her")), Thing(owner_id=UserId("him")), Thing(owner_id=None)


class Let(Exception):
    """The use case went on: who acts was let in."""


class Door:
    """Decides as the policy does and tells at once when it lets somebody in."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._access = FakeAccess(actor)

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        self._access.require(action, on=on)
        raise Let

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        return self._access.can(action, on=on)

    def scope(self, action: Action) -> Scope:
        return self._access.scope(action)

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        return self._access.explain(action, on=on)


def somebody(role: Role) -> Actor:
    return ANONYMOUS if role == Role.VISITOR else Actor(role=role, user_id=UserId("her"))


def test_every_action_of_a_site_is_decided_for_every_role() -> None:
    assert DECISIONS.keys() == {action.value for action in Action if action not in OPERATOR_ACTIONS}
    assert all(len(line.split()) == len(ROLES) for line in DECISIONS.values())
    own = {Action(name) for name, line in DECISIONS.items() if "o" in line.split()}
    assert own <= OWNABLE_ACTIONS


@pytest.mark.parametrize("role", ROLES)
def test_the_policy_is_what_was_decided_for_ones_own_and_for_anothers(role: Role) -> None:
    access = FakeAccess(somebody(role))

    for action in Action:
        scope = decided(role, action)
        assert access.scope(action) is scope
        for thing in (None, HERS, ANOTHERS, NOBODYS):
            assert access.can(action, on=thing) is reaches(scope, access.actor, thing)


@pytest.mark.parametrize("role", ROLES)
def test_whoever_comes_to_another_site_is_a_visitor_there(role: Role) -> None:
    """Her id is nobody's there, whatever her role is at home: a key of one site opens no other (tests/isolation)."""
    stranger = FakeAccess(ANONYMOUS)

    for action in Action:
        assert stranger.scope(action) is decided(Role.VISITOR, action)
        assert stranger.can(action, on=HERS) is (decided(Role.VISITOR, action) is Scope.ALL)
        if decided(Role.VISITOR, action) is Scope.ALL:
            assert decided(role, action) is Scope.ALL, "a member may what everybody may"


@EVERY_USE_CASE
async def test_every_use_case_lets_in_whom_it_was_decided_and_nobody_else(path: Path) -> None:
    use_case = use_case_of(path)
    statements = (required_actions(statement, on=False) for statement in call_of(path).body)
    asked = next(actions for actions in statements if actions)

    for role in ROLES:
        may = any(decided(role, action) is not Scope.NONE for action in asked)
        refused = Unauthenticated if role == Role.VISITOR else Forbidden
        with pytest.raises(Let if may else refused):
            await call(use_case, Door(somebody(role)))


async def call(use_case: type, door: Door) -> None:
    """With nothing in its hands: the first statement decides before anything is touched."""
    wants: Any = use_case
    made = wants(**{name: door if name == "access" else None for name in inspect.signature(use_case).parameters})
    needed = inspect.signature(made.__call__).parameters.values()
    given = [None for one in needed if one.kind is one.POSITIONAL_OR_KEYWORD and one.default is one.empty]
    named = {one.name: None for one in needed if one.kind is one.KEYWORD_ONLY and one.default is one.empty}
    running = made(*given, **named)
    await (anext(running) if inspect.isasyncgen(running) else running)


def test_the_refusal_of_an_outsider_tells_nothing_and_that_of_a_member_why() -> None:
    outside, inside = (
        refusal(somebody(role), FakeAccess(somebody(role)).explain(Action.EDIT_SITE)) for role in ROLES[:2]
    )

    assert isinstance(outside, Unauthenticated)
    assert not hasattr(outside, "why")
    assert isinstance(inside, Forbidden)
    assert inside.why is not None
    assert inside.why.nearest_role == Role.OWNER
