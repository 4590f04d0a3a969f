import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, StaleVersion
from core.identity import Role
from core.security import SecurityRules
from core.users.use_cases.edit_security import EditSecurity
from tests.core.people_house import PeopleHouse


@pytest.fixture
def house() -> PeopleHouse:
    house = PeopleHouse()
    house.admits(Role.OWNER)
    return house


async def test_an_owner_decides_whose_sign_in_needs_more(house: PeopleHouse) -> None:
    rules = await house.make(EditSecurity)([Role.OWNER, Role.EDITOR], expected=1)

    assert house.kept(house.security) == rules
    assert rules.asks_factor_of(Role.EDITOR)
    assert not rules.asks_factor_of(Role.AUTHOR)
    assert [(one.action, one.before, one.after) for one in house.kept(house.audit)] == [
        (Action.REQUIRE_FACTORS, {"factor_roles": ""}, {"factor_roles": "editor, owner"})
    ]


async def test_the_same_again_changes_nothing(house: PeopleHouse) -> None:
    await house.make(EditSecurity)([Role.OWNER])

    with house.changes_nothing():
        assert (await house.make(EditSecurity)([Role.OWNER], expected=2)).version == 2


async def test_somebody_was_quicker(house: PeopleHouse) -> None:
    with house.refuses(StaleVersion):
        await house.make(EditSecurity)([Role.OWNER], expected=7)


@pytest.mark.parametrize("role", [Role.VISITOR, Role.OPERATOR, "nobody"])
async def test_only_roles_that_somebody_can_have(house: PeopleHouse, role: str) -> None:
    with house.refuses(Invalid):
        await house.make(EditSecurity)([role])


async def test_a_role_that_has_ended_is_forgotten(house: PeopleHouse) -> None:
    await house.security.save(SecurityRules(factor_roles=frozenset({Role.OWNER, "translator"})))
    house.transaction.settle()

    rules = await house.make(EditSecurity)([Role.OWNER, "translator"])

    assert rules.factor_roles == {Role.OWNER}


async def test_a_refused_member_decides_nothing(house: PeopleHouse) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(EditSecurity)([])
