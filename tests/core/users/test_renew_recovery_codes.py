import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.entities import User
from core.users.errors import WrongPassword
from core.users.factor_errors import NoFactorYet
from core.users.factors import FactorKind, of_kind
from core.users.use_cases.renew_recovery_codes import RenewRecoveryCodes
from tests.core.fakes.factors import app_of, drawer_of
from tests.core.makers import NOW, PASSWORD, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    return user


async def test_new_codes_make_the_old_ones_worthless(house: PeopleHouse, user: User) -> None:
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-old"))

    codes = await house.make(RenewRecoveryCodes)(password=PASSWORD)

    drawer = of_kind(list(house.kept(house.factors).values()), FactorKind.RECOVERY)
    assert drawer is not None
    assert drawer.digests == tuple(f"digest:{code}" for code in codes)
    assert len(set(codes)) == 10
    assert [letter.values["what"] for letter in house.kept(house.outbox)] == ["recovery_codes"]


async def test_codes_stand_in_for_something(house: PeopleHouse, user: User) -> None:
    with house.refuses(NoFactorYet):
        await house.make(RenewRecoveryCodes)(password=PASSWORD)


async def test_a_stolen_stay_is_not_enough(house: PeopleHouse, user: User) -> None:
    house.has_factor(app_of(user.id, NOW))

    with house.refuses(WrongPassword):
        await house.make(RenewRecoveryCodes)(password="wrong")


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    house.has_factor(app_of(user.id, NOW))
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await house.make(RenewRecoveryCodes)(password=PASSWORD)


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(RenewRecoveryCodes)(password=PASSWORD)
