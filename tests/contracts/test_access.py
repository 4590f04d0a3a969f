"""The contract of Access: the fake decides as Casbin does, for every role, action and thing."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.access import OPERATOR_ACTIONS, Access, Action, PolicyDifference, Scope
from core.errors import Forbidden, Unauthenticated
from core.identity import ANONYMOUS, SITE_ROLES, Actor, Role, UserId
from services.casbin_access import CasbinPolicies
from tests.core.fakes.access import FakeAccess

FOLDER = Path(__file__).parents[2] / "src/config/access"
policies = CasbinPolicies(FOLDER / "model.conf", FOLDER / "policy.csv")
DIFFERENCES = (
    PolicyDifference(role=Role.CONTRIBUTOR, action=Action.PUBLISH_POST, scope=Scope.OWN),
    PolicyDifference(role=Role.EDITOR, action=Action.EDIT_POST, scope=Scope.OWN),
    PolicyDifference(role=Role.OWNER, action=Action.DELETE_MEDIA, scope=Scope.NONE),
)


@dataclass(frozen=True, kw_only=True)
class Thing:
    owner_id: UserId | None


HERS, HIS, NOBODYS = Thing(owner_id=UserId("her")), Thing(owner_id=UserId("him")), Thing(owner_id=None)
Build = Callable[[Actor, tuple[PolicyDifference, ...]], Access]


def fake(actor: Actor, differences: tuple[PolicyDifference, ...]) -> Access:
    return FakeAccess(actor, *differences)


@pytest.fixture(params=[fake, policies.access], ids=["fake", "casbin"])
def build(request: pytest.FixtureRequest) -> Build:
    built: Build = request.param
    return built


def actor_of(role: Role) -> Actor:
    return ANONYMOUS if role == Role.VISITOR else Actor(role=role, user_id=UserId("her"))


@pytest.mark.parametrize("differences", [(), DIFFERENCES], ids=["base", "changed"])
@pytest.mark.parametrize("role", SITE_ROLES)
def test_both_decide_and_explain_alike(role: Role, differences: tuple[PolicyDifference, ...]) -> None:
    one, other = (make(actor_of(role), differences) for make in (fake, policies.access))

    for action in Action:
        assert one.scope(action) is other.scope(action)
        for thing in (None, HERS, HIS, NOBODYS):
            assert one.can(action, on=thing) is other.can(action, on=thing)
            assert one.explain(action, on=thing) == other.explain(action, on=thing)


@pytest.mark.parametrize("role", SITE_ROLES)
def test_what_can_be_done_is_not_refused(build: Build, role: Role) -> None:
    access = build(actor_of(role), ())
    assert access.actor == actor_of(role)

    for action in Action:
        if access.can(action, on=HERS):
            access.require(action, on=HERS)
        else:
            with pytest.raises(Unauthenticated if role == Role.VISITOR else Forbidden):
                access.require(action, on=HERS)


def test_a_right_to_ones_own_ends_there(build: Build) -> None:
    access = build(actor_of(Role.AUTHOR), ())

    assert [access.can(Action.EDIT_POST, on=thing) for thing in (None, HERS, HIS, NOBODYS)] == [
        True,
        True,
        False,
        False,
    ]


def test_the_operators_actions_are_no_sites(build: Build) -> None:
    owner = build(actor_of(Role.OWNER), ())

    assert {owner.scope(action) for action in OPERATOR_ACTIONS} == {Scope.NONE}
