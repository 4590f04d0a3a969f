"""The contract of Access: the fake decides as Casbin does, for every role, action and thing."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from core.access import OPERATOR_ACTIONS, Access, Action, PolicyDifference, Scope
from core.errors import Forbidden, Unauthenticated
from core.identity import ANONYMOUS, MEMBER_ROLES, SITE_ROLES, Actor, ApiTokenId, Role, RoleKey, UserId
from core.policy import SitePolicy, SiteRole
from core.token_rights import NOT_BY_TOKEN
from services.casbin_access import CasbinPolicies
from tests.core.fakes.access import FakeAccess

FOLDER = Path(__file__).parents[2] / "src/config/access"
policies = CasbinPolicies(FOLDER / "model.conf", FOLDER / "policy.csv")
DIFFERENCES = (
    PolicyDifference(role=Role.CONTRIBUTOR, action=Action.PUBLISH_POST, scope=Scope.OWN),
    PolicyDifference(role=Role.EDITOR, action=Action.EDIT_POST, scope=Scope.OWN),
    PolicyDifference(role=Role.OWNER, action=Action.DELETE_MEDIA, scope=Scope.NONE),
    PolicyDifference(role="reviewer", action=Action.EDIT_POST, scope=Scope.ALL),
    PolicyDifference(role="reviewer", action=Action.READ_UNPUBLISHED_POST, scope=Scope.OWN),
)
ROLES = (SiteRole(key="reviewer", name="Reviewer", base=Role.AUTHOR),)


@dataclass(frozen=True, kw_only=True)
class Thing:
    owner_id: UserId | None


HERS, HIS, NOBODYS = Thing(owner_id=UserId("her")), Thing(owner_id=UserId("him")), Thing(owner_id=None)
Build = Callable[[Actor, tuple[PolicyDifference, ...]], Access]


def fake(actor: Actor, differences: tuple[PolicyDifference, ...]) -> Access:
    return FakeAccess(actor, *differences, roles=ROLES)


def casbin(actor: Actor, differences: tuple[PolicyDifference, ...]) -> Access:
    return policies.access(actor, SitePolicy(roles=ROLES, differences=differences))


@pytest.fixture(params=[fake, casbin], ids=["fake", "casbin"])
def build(request: pytest.FixtureRequest) -> Build:
    built: Build = request.param
    return built


def actor_of(role: RoleKey) -> Actor:
    return ANONYMOUS if role == Role.VISITOR else Actor(role=role, user_id=UserId("her"))


@pytest.mark.parametrize("differences", [(), DIFFERENCES], ids=["base", "changed"])
@pytest.mark.parametrize("role", [*SITE_ROLES, "reviewer", "nobody"])
def test_both_decide_and_explain_alike(role: RoleKey, differences: tuple[PolicyDifference, ...]) -> None:
    one, other = (make(actor_of(role), differences) for make in (fake, casbin))

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


TOKENS = (
    frozenset[Action](),
    frozenset({Action.DRAFT_POST, Action.EDIT_POST, Action.PUBLISH_POST}),
    frozenset(Action),
)


@pytest.mark.parametrize("is_draft_only", [False, True], ids=["full", "draft-only"])
@pytest.mark.parametrize("scopes", TOKENS, ids=["none", "some", "all"])
@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_both_narrow_a_token_alike_and_never_widen_it(
    role: Role, scopes: frozenset[Action], *, is_draft_only: bool
) -> None:
    member = actor_of(role)
    token = replace(member, token_id=ApiTokenId("t"), scopes=scopes, is_draft_only=is_draft_only)
    one, other = (make(token, DIFFERENCES) for make in (fake, casbin))
    whole, anybody = (casbin(actor, DIFFERENCES) for actor in (member, ANONYMOUS))

    for action in Action:
        assert one.scope(action) is other.scope(action)
        for thing in (None, HERS, HIS, NOBODYS):
            assert one.can(action, on=thing) is other.can(action, on=thing)
            assert other.can(action, on=thing) <= whole.can(action, on=thing)
            if action not in scopes:
                assert other.can(action, on=thing) <= anybody.can(action, on=thing)


def test_a_token_of_all_scopes_has_its_makers_rights_and_no_more(build: Build) -> None:
    author = actor_of(Role.AUTHOR)
    token = build(replace(author, token_id=ApiTokenId("t"), scopes=frozenset(Action)), ())

    assert {action: token.scope(action) for action in Action if action not in NOT_BY_TOKEN} == {
        action: build(author, ()).scope(action) for action in Action if action not in NOT_BY_TOKEN
    }
    assert all(token.scope(action) is Scope.NONE for action in NOT_BY_TOKEN)


@pytest.mark.parametrize(
    "action", [Action.PUBLISH_POST, Action.WITHDRAW_POST, Action.PUBLISH_QUESTION, Action.EDIT_SITE, Action.EDIT_TAGS]
)
def test_a_draft_only_token_changes_nothing_public(build: Build, action: Action) -> None:
    owner = actor_of(Role.OWNER)
    token = build(replace(owner, token_id=ApiTokenId("t"), scopes=frozenset(Action), is_draft_only=True), ())

    assert token.can(Action.EDIT_POST, on=HIS)
    assert token.can(Action.READ_POST)
    with pytest.raises(Forbidden):
        token.require(action)
