from core.access import Action, Scope
from core.errors import Forbidden, Unauthenticated
from core.identity import SITE_ROLES, Role
from core.roles.use_cases.list_roles import ListRoles
from tests.core.makers import invitation, member
from tests.core.roles.samples import REVIEWER
from tests.core.roles_house import RolesHouse


async def test_owner_sees_every_role_what_it_may_and_who_has_it(house: RolesHouse) -> None:
    house.has_policy(*house.gives("reviewer", EDIT_POST=Scope.ALL), roles=(REVIEWER,))
    house.has_user(member(Role.EDITOR))
    house.has_invitation(invitation(role=Role.EDITOR))
    house.admits(Role.OWNER)

    seen = await house.make(ListRoles)()

    assert [role.key for role in seen.roles] == [*SITE_ROLES, "reviewer"]
    assert seen.role(Role.EDITOR).people == 2
    assert seen.role(Role.OWNER).is_fixed
    hers = seen.role("reviewer")
    assert (hers.own, hers.base, hers.people, hers.is_fixed) == (REVIEWER, Role.VIEWER, 0, False)
    assert (seen.scope("reviewer", Action.EDIT_POST), seen.default("reviewer", Action.EDIT_POST)) == (
        Scope.ALL,
        Scope.NONE,
    )
    assert seen.scope("reviewer", Action.READ_UNPUBLISHED_POST) is Scope.ALL, "as a viewer"


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(ListRoles)()


async def test_a_refused_visitor_learns_nothing(house: RolesHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListRoles)()
