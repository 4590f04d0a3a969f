from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Forbidden, TooMany, Unauthenticated
from core.identity import Role, SessionId
from core.users.entities import SessionKind, User
from core.users.errors import WrongPassword
from core.users.factor_errors import AppAlready, SetupEnded, SignInAgain, WrongSetupCode
from core.users.factors import NewFactor
from core.users.limits import PASSWORD_PER_ACCOUNT
from core.users.use_cases.add_app import AddApp
from core.users.use_cases.begin_app import BeginApp
from tests.core.fakes.factors import app_of, code_now, drawer_of, passkey_named
from tests.core.makers import NOW, PASSWORD, member, stay
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    return user


async def add(house: PeopleHouse, *, code: str = "", password: str = PASSWORD, setup: str = "") -> NewFactor:
    setup = setup or (await house.make(BeginApp)(site="Anna")).setup
    return await house.make(AddApp)(setup=setup, code=code or code_now(NOW), password=password)


async def test_the_first_code_switches_it_on(house: PeopleHouse, user: User) -> None:
    added = await add(house)

    app, drawer = sorted(house.kept(house.factors).values(), key=lambda one: one.kind, reverse=True)
    assert app == added.factor
    assert (house.box.open(app.secret), app.counter) == ("key-1", int(NOW.timestamp()) // 30)
    assert len(added.codes) == len(drawer.digests) == 10
    assert [letter.values["what"] for letter in house.kept(house.outbox)] == ["totp_added"]
    assert [one.action for one in house.kept(house.audit)] == [Action.MANAGE_FACTORS]


async def test_recovery_codes_come_with_the_first_factor_only(house: PeopleHouse, user: User) -> None:
    house.has_factor(passkey_named("phone", user.id, NOW))
    drawer = house.has_factor(drawer_of(user.id, NOW, "spare-1"))

    assert (await add(house)).codes == ()
    assert drawer in house.kept(house.factors).values()


async def test_stays_without_any_end_with_the_first_factor(house: PeopleHouse, user: User) -> None:
    here = house.has_session(stay())
    house.has_session(replace(stay(), id=SessionId("a thief's")))
    house.has_session(replace(stay(kind=SessionKind.API), id=SessionId("a program's")))

    await add(house)

    assert list(house.kept(house.sessions)) == [here.id]


async def test_with_another_factor_they_stay(house: PeopleHouse, user: User) -> None:
    house.has_factor(passkey_named("phone", user.id, NOW))
    there = house.has_session(replace(stay(), id=SessionId("the phone's")))

    await add(house)

    assert there.id in house.kept(house.sessions)


async def test_a_wrong_code_or_password_changes_nothing(house: PeopleHouse, user: User) -> None:
    with house.refuses(WrongSetupCode):
        await add(house, code="000000")
    with house.refuses(WrongPassword):
        await add(house, password="wrong")

    assert [(one.action, one.reason) for one in house.refusals.kept] == [(Action.MANAGE_FACTORS, "wrong_password")]


async def test_what_was_begun_by_another_or_not_at_all_is_refused(house: PeopleHouse, user: User) -> None:
    with house.refuses(SetupEnded):
        await add(house, setup="forged")
    setup = (await house.make(BeginApp)(site="Anna")).setup
    house.has_user(member(Role.EDITOR))
    house.admits(Role.EDITOR)
    with house.refuses(SetupEnded):
        await add(house, setup=setup)


async def test_of_two_at_once_one_is_kept(house: PeopleHouse, user: User) -> None:
    setup = (await house.make(BeginApp)(site="Anna")).setup
    house.has_factor(app_of(user.id, NOW))

    with house.refuses(AppAlready):
        await add(house, setup=setup)


async def test_who_has_no_password_must_have_just_signed_in(house: PeopleHouse, user: User) -> None:
    house.has_user(replace(user, password_hash=None))
    with house.refuses(SignInAgain):
        await add(house)
    house.has_session(stay(Role.AUTHOR, kind=SessionKind.BROWSER))
    house.clock.pass_(minutes=14)
    await add(house, code=code_now(house.clock.now()))


async def test_a_stay_of_yesterday_is_not_enough(house: PeopleHouse, user: User) -> None:
    house.has_user(replace(user, password_hash=None))
    house.has_session(stay(Role.AUTHOR, kind=SessionKind.BROWSER))
    house.clock.pass_(minutes=16)

    with house.refuses(SignInAgain):
        await add(house, code=code_now(house.clock.now()))


async def test_a_password_that_changed_meanwhile_is_not_enough(house: PeopleHouse, user: User) -> None:
    class Slow:
        async def hash(self, password: str) -> str:
            return password

        async def verify(self, password: str, password_hash: str | None) -> bool:
            house.has_user(replace(user, password_hash="new:another"))
            return True

        def is_outdated(self, password_hash: str) -> bool:
            return False

    use_case = house.make(AddApp)
    use_case = replace(use_case, reassurance=replace(use_case.reassurance, passwords=Slow()))
    setup = (await house.make(BeginApp)(site="Anna")).setup

    with pytest.raises(WrongPassword):
        await use_case(setup=setup, code=code_now(NOW), password=PASSWORD)
    assert house.kept(house.factors) == {}


async def test_guessing_the_password_ends(house: PeopleHouse, user: User) -> None:
    for _ in range(PASSWORD_PER_ACCOUNT.times):
        await house.limiter.hit(PASSWORD_PER_ACCOUNT, user.id)

    with house.refuses(TooMany):
        await add(house)


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    setup = (await house.make(BeginApp)(site="Anna")).setup
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await add(house, setup=setup)


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(AddApp)(setup="", code="", password="")
