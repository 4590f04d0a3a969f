from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.security import SecurityRules
from core.users.entities import User
from core.users.errors import WrongPassword
from core.users.factor_errors import FactorNotFound, FactorRequired, LastWayIn
from core.users.use_cases.remove_factor import RemoveFactor
from tests.core.fakes.factors import app_of, drawer_of, passkey_named
from tests.core.makers import NOW, PASSWORD, member, stay
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-1"))
    house.admits(Role.AUTHOR)
    return user


async def test_with_the_last_factor_the_recovery_codes_go(house: PeopleHouse, user: User) -> None:
    await house.make(RemoveFactor)(app_of(user.id, NOW).id, password=PASSWORD)

    assert house.kept(house.factors) == {}
    assert [letter.values["what"] for letter in house.kept(house.outbox)] == ["totp_removed"]


async def test_others_stay_with_the_codes(house: PeopleHouse, user: User) -> None:
    passkey = house.has_factor(passkey_named("phone", user.id, NOW))

    await house.make(RemoveFactor)(passkey.id, password=PASSWORD)

    assert {one.kind for one in house.kept(house.factors).values()} == {"totp", "recovery"}
    assert [one.after for one in house.kept(house.audit)] == [{"what": "passkey_removed", "factor": "Phone"}]


async def test_a_stolen_stay_is_not_enough(house: PeopleHouse, user: User) -> None:
    with house.refuses(WrongPassword):
        await house.make(RemoveFactor)(app_of(user.id, NOW).id, password="wrong")


async def test_a_factor_that_the_role_needs_stays(house: PeopleHouse, user: User) -> None:
    house.security.kept = SecurityRules(factor_roles=frozenset({Role.AUTHOR}))
    house.transaction.settle()
    with house.refuses(FactorRequired):
        await house.make(RemoveFactor)(app_of(user.id, NOW).id, password=PASSWORD)
    house.has_factor(passkey_named("phone", user.id, NOW))
    await house.make(RemoveFactor)(app_of(user.id, NOW).id, password=PASSWORD)


async def test_the_last_way_in_stays(house: PeopleHouse, user: User) -> None:
    house.has_user(replace(user, password_hash=None))
    house.has_session(stay(Role.AUTHOR))
    passkey = house.has_factor(passkey_named("phone", user.id, NOW))

    with house.refuses(LastWayIn):
        await house.make(RemoveFactor)(passkey.id, password="")
    await house.make(RemoveFactor)(app_of(user.id, NOW).id, password="")


async def test_codes_and_anothers_are_not_there(house: PeopleHouse, user: User) -> None:
    other = house.has_user(member(Role.EDITOR))
    hers = house.has_factor(passkey_named("hers", other.id, NOW))

    for factor_id in (hers.id, drawer_of(user.id, NOW).id):
        with house.refuses(FactorNotFound):
            await house.make(RemoveFactor)(factor_id, password=PASSWORD)


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await house.make(RemoveFactor)(app_of(user.id, NOW).id, password=PASSWORD)


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(RemoveFactor)(app_of(user.id, NOW).id, password=PASSWORD)
