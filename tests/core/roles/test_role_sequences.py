"""Whatever people do to roles and to each other: an owner remains, and nobody gives what she lacks."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from core.access import Action, Scope
from core.actions import ABOUT
from core.errors import TerraceError
from core.identity import Role, RoleKey, UserId
from core.policy import SITE_ACTIONS, SiteRole, is_wider
from core.roles.use_cases.add_role import AddRole
from core.roles.use_cases.delete_role import DeleteRole
from core.roles.use_cases.edit_permissions import EditPermissions
from core.roles.use_cases.edit_role import EditRole
from core.users.use_cases.delete_user import DeleteUser
from core.users.use_cases.disable_user import DisableUser
from core.users.use_cases.enable_user import EnableUser
from core.users.use_cases.set_role import SetRole
from tests.core.fakes.access import FakeAccess
from tests.core.makers import member
from tests.core.people_house import PeopleHouse

KEEPER = SiteRole(key="keeper", name="Keeper", base=Role.OWNER)
GUEST = SiteRole(key="guest", name="Guest", base=Role.VIEWER)
KEYS = ("keeper", "keeper", "guest", Role.OWNER, Role.EDITOR, Role.VIEWER)
POWERS = (Action.EDIT_ROLES, Action.SET_ROLE, Action.EDIT_SITE, Action.EDIT_POST, Action.PUBLISH_POST)
ACTORS = ("cat", "cat", "ann", "bea")
"""She who may much and not all acts most: it is she who could give what she lacks."""
people, others, roles = st.sampled_from(ACTORS), st.sampled_from(("ann", "bea", "cat")), st.sampled_from(KEYS)
actions, scopes = st.sampled_from(POWERS), st.sampled_from((Scope.ALL, Scope.ALL, Scope.OWN, Scope.NONE))
steps = st.one_of(
    st.tuples(st.just("add"), people, roles, roles),
    st.tuples(st.just("rebase"), people, roles, roles),
    st.tuples(st.just("delete"), people, roles, roles),
    st.tuples(st.just("permit"), people, roles, st.dictionaries(actions, scopes, min_size=1, max_size=3)),
    st.tuples(st.just("set"), people, others, roles),
    st.tuples(st.just("disable"), people, others, st.none()),
    st.tuples(st.just("enable"), people, others, st.none()),
    st.tuples(st.just("remove"), people, others, st.none()),
)
Rights = Mapping[tuple[RoleKey, Action], Scope]


def a_site() -> PeopleHouse:
    """The owner, one who edits, and one who keeps people and roles and may not do everything herself."""
    house = PeopleHouse()
    less = house.gives("keeper", EDIT_SITE=Scope.NONE, EDIT_POST=Scope.OWN)
    house.has_policy(*less, roles=(KEEPER, GUEST))
    for name, role in (("ann", Role.OWNER), ("bea", Role.EDITOR), ("cat", "keeper")):
        house.has_user(replace(member(Role.VIEWER), id=UserId(name), email=f"{name}@example.org", role=role))
    return house


async def act(house: PeopleHouse, step: tuple[str, str, str, object]) -> None:
    what, _, about, more = step
    match what:
        case "add":
            await house.make(AddRole)(name=about, key="extra", base=str(more))
        case "rebase":
            await house.make(EditRole)(about, name="Any", description="", base=str(more), version=None)
        case "delete":
            await house.make(DeleteRole)(about, version=None, move_to=str(more))
        case "permit":
            assert isinstance(more, dict)
            await house.make(EditPermissions)(about, more, version=None)
        case "set":
            await house.make(SetRole)(UserId(about), str(more))
        case "disable":
            await house.make(DisableUser)(UserId(about))
        case "enable":
            await house.make(EnableUser)(UserId(about))
        case _:
            await house.make(DeleteUser)(UserId(about), heir=None)


def rights(house: PeopleHouse) -> Rights:
    return house.policies.rights(house.roles.kept.policy)


def held(house: PeopleHouse, given: Rights) -> dict[tuple[str, Action], Scope]:
    """What each person may, as long as she is let in."""
    return {
        (user.id, action): given.get((user.role, action), Scope.NONE)
        for user in house.users.kept.values()
        for action in SITE_ACTIONS
        if user.is_enabled and not ABOUT[action].is_basic
    }


async def play(house: PeopleHouse, step: tuple[str, str, str, object]) -> None:
    actor = house.users.kept.get(UserId(step[1]))
    if actor is None or not actor.is_enabled:
        return
    policy = house.roles.kept.policy
    before, hers = rights(house), FakeAccess(actor.acting(None), *policy.differences, roles=policy.roles)  # type: ignore[arg-type]  # no session of hers matters here
    people_before, shut_out = (
        held(house, before),
        {user.id for user in house.users.kept.values() if not user.is_enabled},
    )
    house.access = hers
    try:
        await act(house, step)
    except TerraceError:
        house.transaction.roll_back()
    after = rights(house)
    for (role, action), scope in after.items():
        if is_wider(scope, before.get((role, action), Scope.NONE)) and not ABOUT[action].is_basic:
            assert not is_wider(scope, hers.scope(action)), f"{step}: {role} got {action}"
    for (user_id, action), scope in held(house, after).items():
        if user_id not in shut_out and is_wider(scope, people_before.get((user_id, action), Scope.NONE)):
            assert not is_wider(scope, hers.scope(action)), f"{step}: {user_id} got {action}"
    assert any(user.role == Role.OWNER and user.is_enabled for user in house.users.kept.values()), step
    assert {key: scope for key, scope in after.items() if key[0] == Role.OWNER} == {
        key: scope for key, scope in before.items() if key[0] == Role.OWNER
    }, "nobody touches the owner's rights"


@given(st.lists(steps, min_size=4, max_size=20))
@settings(max_examples=120, deadline=None)
def test_no_sequence_loses_the_owner_or_gives_what_somebody_lacks(done: list[tuple[str, str, str, object]]) -> None:
    house = a_site()

    async def all_of_it() -> None:
        for step in done:
            await play(house, step)

    asyncio.run(all_of_it())
