import pytest

from core.access import Scope
from core.errors import Forbidden, Invalid, StaleVersion
from core.granting import GrantsTooMuch
from core.identity import Role
from core.roles.errors import RoleFixed, RoleNotFound
from core.roles.use_cases.edit_role import EditRole
from tests.core.roles.samples import KEEPER, REVIEWER
from tests.core.roles_house import RolesHouse

NEW = {"name": "Proofreader", "description": "", "base": Role.CONTRIBUTOR}


async def test_owner_renames_a_role_and_makes_it_from_another(house: RolesHouse) -> None:
    mine = house.gives("reviewer", EDIT_POST=Scope.ALL)
    house.has_policy(*mine, roles=(KEEPER, REVIEWER))
    house.admits(Role.OWNER)

    changed = await house.make(EditRole)("reviewer", **NEW, version=1)

    assert (changed.key, changed.name, changed.base) == ("reviewer", "Proofreader", Role.CONTRIBUTOR)
    policy = house.kept(house.roles).policy
    assert (policy.roles, policy.differences) == ((KEEPER, changed), mine)
    assert house.audit.kept[-1].before["name"] == "Reviewer"


async def test_somebody_else_was_quicker(house: RolesHouse) -> None:
    house.has_policy(roles=(REVIEWER,))
    house.admits(Role.OWNER)
    with house.refuses(StaleVersion):
        await house.make(EditRole)("reviewer", **NEW, version=7)
    assert (await house.make(EditRole)("reviewer", **NEW, version=None)).name == NEW["name"]


async def test_roles_of_every_site_keep_their_names(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    with house.refuses(RoleFixed):
        await house.make(EditRole)(Role.EDITOR, **NEW, version=1)
    with house.refuses(RoleNotFound):
        await house.make(EditRole)("nobody", **NEW, version=1)


@pytest.mark.parametrize("wrong", [{"name": " "}, {"base": Role.VISITOR}])
async def test_what_is_wrong_is_named(house: RolesHouse, wrong: dict[str, str]) -> None:
    house.has_policy(roles=(REVIEWER,))
    house.admits(Role.OWNER)
    with house.refuses(Invalid):
        await house.make(EditRole)("reviewer", **{**NEW, **wrong}, version=1)


async def test_a_new_base_gives_nothing_that_she_lacks(house: RolesHouse) -> None:
    house.has_policy(*house.gives("keeper", EDIT_SITE=Scope.NONE), roles=(KEEPER, REVIEWER))
    house.admits_under("keeper")

    with house.refuses(GrantsTooMuch):
        await house.make(EditRole)("reviewer", **{**NEW, "base": Role.OWNER}, version=1)
    assert (await house.make(EditRole)("reviewer", **NEW, version=1)).base == Role.CONTRIBUTOR


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.has_policy(roles=(REVIEWER,))
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(EditRole)("reviewer", **NEW, version=1)
