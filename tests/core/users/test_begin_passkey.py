import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.entities import User
from core.users.factor_errors import TooManyPasskeys
from core.users.factors import PASSKEYS_OF_ONE
from core.users.use_cases.begin_passkey import BeginPasskey
from tests.core.fakes.factors import app_of, passkey_named
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    return user


async def test_the_browser_is_told_which_devices_have_one_already(house: PeopleHouse, user: User) -> None:
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(passkey_named("phone", user.id, NOW))

    with house.changes_nothing():
        asked = await house.make(BeginPasskey)()

    nonce, *told = asked.options.split()
    assert told == [user.id, user.email, *user.name.split(), "phone"]
    assert [challenge.nonce for challenge in house.challenge_tokens.issued.values()] == [nonce]


async def test_there_are_only_so_many(house: PeopleHouse, user: User) -> None:
    for number in range(PASSKEYS_OF_ONE):
        house.has_factor(passkey_named(f"p{number}", user.id, NOW))

    with house.refuses(TooManyPasskeys):
        await house.make(BeginPasskey)()


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await house.make(BeginPasskey)()


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(BeginPasskey)()
