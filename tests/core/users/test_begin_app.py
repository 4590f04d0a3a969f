import pytest

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.challenges import CHALLENGE_LIFE, SETUP_LIFE
from core.users.entities import User
from core.users.factor_errors import AppAlready
from core.users.use_cases.begin_app import BeginApp
from tests.core.fakes.factors import app_of
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    return user


async def test_a_member_gets_a_key_and_nothing_changes(house: PeopleHouse, user: User) -> None:
    with house.changes_nothing():
        asked = await house.make(BeginApp)(site="Anna")

    assert asked.key in asked.link
    assert user.email in asked.link


async def test_the_same_key_is_shown_again_while_it_is_good(house: PeopleHouse, user: User) -> None:
    asked = await house.make(BeginApp)(site="Anna")
    house.clock.pass_(seconds=CHALLENGE_LIFE.total_seconds())
    again = await house.make(BeginApp)(site="Anna", setup=asked.setup)
    house.clock.pass_(seconds=SETUP_LIFE.total_seconds())
    new = await house.make(BeginApp)(site="Anna", setup=asked.setup)

    assert again.key == asked.key
    assert new.key != asked.key


async def test_anothers_key_is_not_shown(house: PeopleHouse, user: User) -> None:
    asked = await house.make(BeginApp)(site="Anna")
    house.has_user(member(Role.EDITOR))
    house.admits(Role.EDITOR)

    assert (await house.make(BeginApp)(site="Anna", setup=asked.setup)).key != asked.key


async def test_one_app_is_enough(house: PeopleHouse, user: User) -> None:
    house.has_factor(app_of(user.id, NOW))

    with house.refuses(AppAlready):
        await house.make(BeginApp)(site="Anna")


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await house.make(BeginApp)(site="Anna")


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(BeginApp)(site="Anna")
