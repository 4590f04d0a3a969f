from core.errors import Forbidden
from core.identity import Role
from core.roles.errors import RoleNotFound
from core.roles.use_cases.show_role import ShowRole
from tests.core.roles.samples import REVIEWER
from tests.core.roles_house import RolesHouse


async def test_owner_looks_at_a_role(house: RolesHouse) -> None:
    house.has_policy(roles=(REVIEWER,))
    house.admits(Role.OWNER)

    assert (await house.make(ShowRole)("reviewer")).role("reviewer").own == REVIEWER
    assert (await house.make(ShowRole)(Role.EDITOR)).role(Role.EDITOR).own is None


async def test_what_is_no_role_is_not_found(house: RolesHouse) -> None:
    house.admits(Role.OWNER)
    for key in ("nobody", "", Role.OPERATOR, "role:owner"):
        with house.refuses(RoleNotFound):
            await house.make(ShowRole)(key)


async def test_who_may_not_is_refused(house: RolesHouse) -> None:
    house.admits(Role.EDITOR)
    with house.refuses(Forbidden):
        await house.make(ShowRole)("reviewer")
