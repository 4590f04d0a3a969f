from dataclasses import dataclass
from pathlib import Path
from time import process_time
from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.access import OPERATOR_ACTIONS, OWNABLE_ACTIONS, Action, PolicyDifference, Scope
from core.actions import ABOUT
from core.errors import Forbidden, Unauthenticated
from core.identity import ANONYMOUS, MEMBER_ROLES, OPERATOR, SITE_ROLES, Actor, Role, RoleKey, UserId
from core.policy import SITE_ACTIONS, SitePolicy, SiteRole, scopes_for
from services.casbin_access import BadPolicy, CasbinAccess, CasbinPolicies

FOLDER = Path(__file__).parents[2] / "src/config/access"
MODEL, POLICY = FOLDER / "model.conf", FOLDER / "policy.csv"
policies = CasbinPolicies(MODEL, POLICY)


@dataclass(frozen=True, kw_only=True)
class Thing:
    owner_id: UserId | None


HERS, HIS, NOBODYS = Thing(owner_id=UserId("her")), Thing(owner_id=UserId("him")), Thing(owner_id=None)


def access(role: RoleKey, *differences: PolicyDifference) -> CasbinAccess:
    actor = ANONYMOUS if role == Role.VISITOR else Actor(role=role, user_id=UserId("her"))
    return policies.access(actor, SitePolicy(differences=differences))


def changed(role: Role, action: Action, scope: Scope) -> PolicyDifference:
    return PolicyDifference(role=role, action=action, scope=scope)


def rights(role: Role) -> dict[Action, Scope]:
    return {action: scope for action in Action if (scope := access(role).scope(action)) is not Scope.NONE}


def lines() -> list[list[str]]:
    text = POLICY.read_text(encoding="utf-8")
    return [line.split(", ") for line in text.splitlines() if line and not line.startswith("#")]


def test_the_file_names_known_roles_and_actions_only() -> None:
    assert {subject for _, subject, _, _ in lines()} == {f"role:{role.value}" for role in SITE_ROLES}
    assert {action for _, _, action, _ in lines()} == {action.value for action in SITE_ACTIONS}
    assert {reach for _, _, _, reach in lines()} == {"any", "own"}
    assert {kind for kind, *_ in lines()} == {"p"}


def test_the_owner_has_every_right_of_the_site_and_none_of_the_operators() -> None:
    """But for what is everybody's own alone: nobody changes another's password or device."""
    own = {Action.CHANGE_CREDENTIALS: Scope.OWN, Action.MANAGE_FACTORS: Scope.OWN}
    assert rights(Role.OWNER) == dict.fromkeys(SITE_ACTIONS, Scope.ALL) | own


def test_only_ownable_actions_are_granted_for_ones_own() -> None:
    own = {Action(action) for _, _, action, reach in lines() if reach == "own"}

    assert own <= OWNABLE_ACTIONS


@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_every_member_may_what_a_visitor_may(role: Role) -> None:
    assert rights(Role.VISITOR).items() <= rights(role).items()


@pytest.mark.parametrize("role", MEMBER_ROLES)
def test_every_member_has_a_desk_and_may_leave(role: Role) -> None:
    assert access(role).can(Action.OPEN_DESK)
    assert access(role).can(Action.END_SESSION, on=HERS)


def test_a_visitor_reads_and_comes_in() -> None:
    assert set(rights(Role.VISITOR)) == {
        Action.READ_SITE,
        Action.READ_POST,
        Action.READ_MEDIA,
        Action.SIGN_IN,
        Action.REFRESH_SESSION,
        Action.ACCEPT_INVITATION,
        Action.READ_WHOAMI,
        Action.READ_MATRIX,
        Action.SUGGEST_QUESTION,
        Action.SEND_MESSAGE,
        Action.REQUEST_PASSWORD_RESET,
        Action.USE_PASSWORD_RESET,
        Action.CONFIRM_EMAIL_CHANGE,
    }


def test_a_contributor_writes_but_never_publishes() -> None:
    hers = access(Role.CONTRIBUTOR)

    assert hers.can(Action.DRAFT_POST)
    assert hers.can(Action.EDIT_POST, on=HERS)
    assert not hers.can(Action.EDIT_POST, on=HIS)
    assert hers.scope(Action.PUBLISH_POST) is Scope.NONE
    assert hers.scope(Action.DELETE_MEDIA) is Scope.NONE


def test_an_author_publishes_her_own_only() -> None:
    hers = access(Role.AUTHOR)

    assert hers.can(Action.PUBLISH_POST)
    assert hers.can(Action.PUBLISH_POST, on=HERS)
    assert not hers.can(Action.PUBLISH_POST, on=HIS)
    assert not hers.can(Action.PUBLISH_POST, on=NOBODYS)


def test_an_editor_has_all_posts_and_files_but_not_the_site() -> None:
    hers = access(Role.EDITOR)

    for action in SITE_ACTIONS:
        if action.value.startswith(("post.", "media.")):
            assert hers.scope(action) is Scope.ALL
    assert not hers.can(Action.EDIT_SITE)
    assert not hers.can(Action.INVITE_USER)
    assert not hers.can(Action.END_SESSION, on=HIS)


def test_a_viewer_sees_all_and_changes_nothing() -> None:
    assert access(Role.VIEWER).can(Action.READ_UNPUBLISHED_POST, on=HIS)
    assert not access(Role.VIEWER).can(Action.DRAFT_POST)


def test_refusals_say_what_would_help() -> None:
    with pytest.raises(Unauthenticated):
        access(Role.VISITOR).require(Action.OPEN_DESK)
    with pytest.raises(Forbidden):
        access(Role.AUTHOR).require(Action.PUBLISH_POST, on=HIS)
    access(Role.AUTHOR).require(Action.PUBLISH_POST, on=HERS)


def test_the_operator_is_nobody_at_a_site() -> None:
    assert {policies.access(OPERATOR, SitePolicy()).scope(action) for action in Action} == {Scope.NONE}


def test_a_site_departs_from_the_base_one_rule_at_a_time() -> None:
    more = changed(Role.CONTRIBUTOR, Action.PUBLISH_POST, Scope.OWN)
    less = changed(Role.EDITOR, Action.DELETE_MEDIA, Scope.NONE)

    assert access(Role.CONTRIBUTOR, more, less).can(Action.PUBLISH_POST, on=HERS)
    assert not access(Role.CONTRIBUTOR, more, less).can(Action.PUBLISH_POST, on=HIS)
    assert not access(Role.EDITOR, more, less).can(Action.DELETE_MEDIA)
    assert access(Role.EDITOR, more, less).can(Action.EDIT_MEDIA, on=HIS)
    assert access(Role.EDITOR).can(Action.DELETE_MEDIA), "the base is as it was"


def test_a_difference_narrows_as_well() -> None:
    assert access(Role.EDITOR, changed(Role.EDITOR, Action.EDIT_POST, Scope.OWN)).scope(Action.EDIT_POST) is Scope.OWN


differences = st.builds(
    PolicyDifference, role=st.sampled_from(Role), action=st.sampled_from(Action), scope=st.sampled_from(Scope)
)


@given(st.lists(differences, max_size=12).map(tuple), st.sampled_from(Role))
def test_no_difference_grants_what_is_the_operators(found: tuple[PolicyDifference, ...], role: Role) -> None:
    actor = Actor(role=role, user_id=UserId("her"))
    theirs = policies.access(actor, SitePolicy(differences=found))

    assert {theirs.scope(action) for action in OPERATOR_ACTIONS} == {Scope.NONE}
    if role == Role.OPERATOR:
        assert {theirs.scope(action) for action in Action} == {Scope.NONE}


@given(st.lists(differences, max_size=12).map(tuple), st.sampled_from(SITE_ROLES), st.sampled_from(SITE_ACTIONS))
def test_the_last_word_on_a_rule_counts(found: tuple[PolicyDifference, ...], role: Role, action: Action) -> None:
    said = [difference.scope for difference in found if (difference.role, difference.action) == (role, action)]

    default = access(role).scope(action)
    is_heard = bool(said) and said[-1] in scopes_for(role, action, default)
    assert access(role, *found).scope(action) is (said[-1] if is_heard else default)


def test_nobody_takes_from_an_owner_or_gives_visitors_what_needs_a_name() -> None:
    taken = changed(Role.OWNER, Action.EDIT_SITE, Scope.NONE)
    given = changed(Role.VISITOR, Action.DRAFT_POST, Scope.ALL)
    closed = changed(Role.VISITOR, Action.READ_POST, Scope.NONE)

    assert access(Role.OWNER, taken).scope(Action.EDIT_SITE) is Scope.ALL
    assert access(Role.VISITOR, given).scope(Action.DRAFT_POST) is Scope.NONE
    assert access(Role.VISITOR, closed).scope(Action.READ_POST) is Scope.NONE, "a site for members only"


def test_what_goes_with_being_there_is_never_taken_away() -> None:
    nothing = [changed(role, action, Scope.NONE) for role in SITE_ROLES for action in Action if ABOUT[action].is_basic]

    for role in SITE_ROLES:
        for action in Action:
            if ABOUT[action].is_basic:
                assert access(role, *nothing).scope(action) is access(role).scope(action)


REVIEWER = SiteRole(key="reviewer", name="Reviewer", base=Role.VIEWER)


def test_a_role_of_the_sites_own_may_what_its_base_may_but_for_the_differences() -> None:
    edits = PolicyDifference(role="reviewer", action=Action.EDIT_POST, scope=Scope.ALL)
    hers = policies.access(
        Actor(role="reviewer", user_id=UserId("her")), SitePolicy(roles=(REVIEWER,), differences=(edits,))
    )

    viewer = rights(Role.VIEWER)
    assert {action: hers.scope(action) for action in SITE_ACTIONS} == {
        action: Scope.ALL if action is Action.EDIT_POST else viewer.get(action, Scope.NONE) for action in SITE_ACTIONS
    }


def test_a_role_that_is_no_more_may_nothing() -> None:
    gone = policies.access(Actor(role="reviewer", user_id=UserId("her")), SitePolicy())

    assert {gone.scope(action) for action in Action} == {Scope.NONE}


def test_sites_with_edited_roles_get_the_default_rights_to_the_new_actions_of_a_release(tmp_path: Path) -> None:
    """The release before knew nothing of suggestions; the site had made a role and changed another then."""
    text = POLICY.read_text(encoding="utf-8")
    older = tmp_path / "policy.csv"
    older.write_text("".join(line for line in text.splitlines(True) if "suggestion." not in line), encoding="utf-8")
    keeper = SiteRole(key="keeper", name="Keeper", base=Role.MODERATOR)
    site = SitePolicy(
        roles=(keeper,),
        differences=(
            PolicyDifference(role=Role.EDITOR, action=Action.DELETE_MEDIA, scope=Scope.NONE),
            PolicyDifference(role="keeper", action=Action.DRAFT_QUESTION, scope=Scope.NONE),
        ),
    )
    before, after = CasbinPolicies(MODEL, older), policies

    for role in (Role.EDITOR, "keeper"):
        actor = Actor(role=role, user_id=UserId("her"))
        old, new = before.access(actor, site), after.access(actor, site)
        assert not old.can(Action.DECIDE_SUGGESTION)
        assert new.can(Action.DECIDE_SUGGESTION)
        changed_by_release = {action for action in Action if old.scope(action) is not new.scope(action)}
        assert changed_by_release == {Action.DECIDE_SUGGESTION, Action.SUGGEST_QUESTION}, "what was edited stays so"


def test_sites_with_equal_differences_share_a_policy() -> None:
    one = changed(Role.VIEWER, Action.DRAFT_POST, Scope.ALL)
    same = changed(Role.VIEWER, Action.DRAFT_POST, Scope.ALL)

    assert access(Role.VIEWER, one).policy is access(Role.EDITOR, same).policy
    assert access(Role.VIEWER).policy is access(Role.EDITOR).policy
    assert access(Role.VIEWER, one).policy is not access(Role.VIEWER).policy


def drafting(role: Role) -> SitePolicy:
    return SitePolicy(differences=(changed(role, Action.DRAFT_POST, Scope.ALL),))


def test_only_so_many_policies_stay() -> None:
    few = CasbinPolicies(MODEL, POLICY, kept=2)
    made = [few.access(ANONYMOUS, drafting(role)).policy for role in MEMBER_ROLES]

    first = few.access(ANONYMOUS, drafting(MEMBER_ROLES[0])).policy
    last = few.access(ANONYMOUS, drafting(MEMBER_ROLES[-1])).policy

    assert first is not made[0]
    assert last is made[-1]


def test_an_explanation_names_the_least_role_that_may() -> None:
    theirs = access(Role.CONTRIBUTOR)

    assert theirs.explain(Action.PUBLISH_POST).nearest_role == Role.AUTHOR
    assert theirs.explain(Action.PUBLISH_POST, on=HIS).nearest_role == Role.EDITOR
    assert theirs.explain(Action.EDIT_SITE).nearest_role == Role.OWNER
    assert theirs.explain(Action.READ_POST).nearest_role == Role.VISITOR
    assert theirs.explain(Action.CREATE_TENANT).nearest_role == Role.OPERATOR


def test_an_explanation_says_what_can_says() -> None:
    explained = access(Role.AUTHOR).explain(Action.PUBLISH_POST, on=HIS)

    assert (explained.role, explained.action) == (Role.AUTHOR, Action.PUBLISH_POST)
    assert explained.scope is Scope.OWN
    assert not explained.is_allowed
    assert access(Role.AUTHOR).explain(Action.PUBLISH_POST, on=HERS).is_allowed


def test_the_owner_is_the_last_to_ask() -> None:
    gone = access("reviewer")

    assert gone.explain(Action.EDIT_POST, on=NOBODYS).nearest_role == Role.EDITOR
    assert access(Role.EDITOR).explain(Action.READ_SESSION, on=HIS).nearest_role == Role.OWNER


@pytest.mark.parametrize(
    "line",
    [
        "p, role:owner, tenant.create, any",
        "p, role:operator, post.read, any",
        "p, owner, post.read, any",
        "p, role:emperor, post.read, any",
        "p, role:owner, post.burn, any",
        "p, role:owner, post.read, none",
        "p, role:owner, post.read, some",
        "p, role:visitor, site.read, own",
        "p, role:owner, post.read",
    ],
)
def test_a_wrong_line_stops_the_start(tmp_path: Path, line: str) -> None:
    wrong = tmp_path / "policy.csv"
    wrong.write_text(f"{POLICY.read_text(encoding='utf-8')}{line}\n", encoding="utf-8")

    with pytest.raises(BadPolicy, match=r"policy\.csv"):
        CasbinPolicies(MODEL, wrong)


def test_a_decision_known_before_costs_about_a_microsecond() -> None:
    hers = access(Role.AUTHOR)
    times = repeat(lambda: hers.can(Action.PUBLISH_POST, on=HERS), timer=process_time, number=2_000, repeat=20)

    assert min(times) / 2_000 < 5e-6, "asking casbin takes 45 at least"
