import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from core.policy import SiteRole
from core.roles.errors import RoleKeyTaken
from core.roles.use_cases.plant_role import PlantRole
from tests.core.roles.samples import REVIEWER
from tests.core.roles_house import RolesHouse


async def test_the_operator_adds_a_role_that_the_site_has_not(house: RolesHouse) -> None:
    house.admits(Role.OPERATOR)

    assert await house.make(PlantRole)(REVIEWER, {Action.EDIT_POST: Scope.ALL, Action.OPEN_DESK: Scope.ALL})

    policy = house.kept(house.roles).policy
    assert policy.roles == (REVIEWER,)
    assert [(one.action, one.scope) for one in policy.differences] == [(Action.EDIT_POST, Scope.ALL)]
    assert house.audit.kept[-1].after["post.edit"] == "any"


async def test_one_that_is_there_stays_as_the_owner_made_it(house: RolesHouse) -> None:
    house.has_policy(roles=(SiteRole(key="reviewer", name="Hers", base=Role.EDITOR),))
    house.admits(Role.OPERATOR)

    with house.changes_nothing():
        assert not await house.make(PlantRole)(REVIEWER, {Action.EDIT_POST: Scope.ALL})


async def test_what_cannot_be_is_refused(house: RolesHouse) -> None:
    house.admits(Role.OPERATOR)
    with house.refuses(Invalid):
        await house.make(PlantRole)(REVIEWER, {Action.CREATE_TENANT: Scope.ALL})
    with house.refuses(RoleKeyTaken):
        await house.make(PlantRole)(SiteRole(key=Role.EDITOR, name="Mine", base=Role.VIEWER), {})


@pytest.mark.parametrize(("role", "error"), [(Role.VISITOR, Unauthenticated), (Role.OWNER, Forbidden)])
async def test_anybody_of_the_site_is_refused(house: RolesHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)
    with house.refuses(error):
        await house.make(PlantRole)(REVIEWER, {})
