import pytest

from core.access import Action, Scope
from core.errors import Invalid
from core.granting import GrantsTooMuch, LastOwner, refuse_last_owner
from core.identity import MEMBER_ROLES, Role, UserId
from tests.core.fakes.access import FakeAccess
from tests.core.roles.samples import KEEPER, REVIEWER
from tests.core.roles_house import RolesHouse


@pytest.fixture
def house() -> RolesHouse:
    return RolesHouse()


@pytest.mark.parametrize("who", [Role.OWNER, Role.OPERATOR])
async def test_owner_and_operator_give_every_role_of_the_site(house: RolesHouse, who: Role) -> None:
    house.has_policy(roles=(KEEPER, REVIEWER))
    house.admits(who)

    assert await house.granting.offered() == (*MEMBER_ROLES, "keeper", "reviewer")
    for role in (*MEMBER_ROLES, "keeper", "reviewer"):
        await house.granting.check(role)


async def test_others_give_what_is_not_beyond_them(house: RolesHouse) -> None:
    more = house.gives("reviewer", EDIT_SITE=Scope.ALL)
    house.has_policy(*more, roles=(KEEPER, REVIEWER))
    house.admits_under(Role.EDITOR)

    assert await house.granting.offered() == (Role.VIEWER, Role.CONTRIBUTOR, Role.AUTHOR, Role.EDITOR)
    assert not house.refusals.kept
    with pytest.raises(GrantsTooMuch) as refused:
        await house.granting.check("reviewer")
    assert refused.value.lacking == (Action.EDIT_SITE,)
    ((action, role, reason),) = [(one.action, one.subject, one.reason) for one in house.refusals.kept]
    assert (action, role, reason) == (Action.SET_ROLE, "reviewer", GrantsTooMuch.code)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.OPERATOR, "nobody", ""])
async def test_what_is_no_role_of_members_is_refused(house: RolesHouse, role: str) -> None:
    house.admits(Role.OWNER)
    with pytest.raises(Invalid) as refused:
        await house.granting.check(role, field="move_to")
    assert [problem.field for problem in refused.value.problems] == ["move_to"]


async def test_a_right_to_ones_own_gives_no_more_than_that(house: RolesHouse) -> None:
    house.admits(Role.AUTHOR)
    assert isinstance(house.access, FakeAccess)
    with pytest.raises(GrantsTooMuch) as refused:
        await house.granting.check(Role.EDITOR)
    assert Action.EDIT_POST in refused.value.lacking


def test_the_last_owner_stays() -> None:
    anna, berta = UserId("anna"), UserId("berta")

    refuse_last_owner([anna, berta], anna)
    refuse_last_owner([berta], anna)
    with pytest.raises(LastOwner):
        refuse_last_owner([anna], anna)
