from dataclasses import replace

import pytest

from core.access import Action
from core.errors import TooMany, Unauthenticated
from core.users.challenges import CHALLENGE_LIFE
from core.users.entities import SessionKind, User
from core.users.factor_errors import ChallengeEnded, CodeUsed, WrongCode
from core.users.limits import FACTOR_PER_ACCOUNT, FACTOR_PER_DAY
from core.users.second_step import SecondStepAsked
from core.users.use_cases.finish_sign_in import FinishSignIn
from core.users.use_cases.sign_in import SignIn
from tests.core.fakes.factors import FakeChallengeTokens, app_of, code_now, drawer_of, passkey_named
from tests.core.house import CLIENT
from tests.core.makers import NOW, PASSWORD, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-1", "spare-2"))
    return user


async def half_in(house: PeopleHouse, user: User) -> str:
    asked = await house.make(SignIn)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.BROWSER)
    assert isinstance(asked, SecondStepAsked)
    return asked.token


async def test_the_code_of_the_app_ends_the_sign_in(house: PeopleHouse, user: User) -> None:
    signed_in = await house.make(FinishSignIn)(await half_in(house, user), code_now(NOW), client=CLIENT)

    assert house.kept(house.sessions) == {signed_in.session.id: signed_in.session}
    assert signed_in.cookie
    assert signed_in.actor == user.acting(signed_in.session.id)
    app = next(one for one in house.kept(house.factors).values() if one.kind == "totp")
    assert app.used_at == NOW


@pytest.mark.parametrize("later", [-1, 1])
async def test_clocks_may_differ_by_a_step(house: PeopleHouse, user: User, later: int) -> None:
    signed_in = await house.make(FinishSignIn)(await half_in(house, user), code_now(NOW, later=later), client=CLIENT)

    assert signed_in.actor.user_id == user.id


@pytest.mark.parametrize("later", [-2, 2])
async def test_and_by_no_more(house: PeopleHouse, user: User, later: int) -> None:
    token = await half_in(house, user)
    with house.refuses(WrongCode):
        await house.make(FinishSignIn)(token, code_now(NOW, later=later), client=CLIENT)


async def test_a_code_or_an_older_one_is_no_good_twice(house: PeopleHouse, user: User) -> None:
    await house.make(FinishSignIn)(await half_in(house, user), code_now(NOW), client=CLIENT)

    for later in (0, -1):
        token = await half_in(house, user)
        with house.refuses(CodeUsed):
            await house.make(FinishSignIn)(token, code_now(NOW, later=later), client=CLIENT)

    assert [(one.action, one.reason, one.label) for one in house.refusals.kept] == 2 * [
        (Action.SIGN_IN, "code_used", user.email)
    ]


async def test_a_recovery_code_is_good_once(house: PeopleHouse, user: User) -> None:
    await house.make(FinishSignIn)(await half_in(house, user), " spare-1 ", client=CLIENT)

    token = await half_in(house, user)
    with house.refuses(WrongCode):
        await house.make(FinishSignIn)(token, "spare-1", client=CLIENT)
    await house.make(FinishSignIn)(token, "spare-2", client=CLIENT)


async def test_a_challenge_is_good_once(house: PeopleHouse, user: User) -> None:
    token = await half_in(house, user)
    await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)

    with house.refuses(ChallengeEnded):
        await house.make(FinishSignIn)(token, "spare-1", client=CLIENT)


async def test_a_challenge_ends_with_its_time_and_with_the_password(house: PeopleHouse, user: User) -> None:
    token = await half_in(house, user)
    house.has_user(replace(user, password_hash="new:another"))
    with house.refuses(ChallengeEnded):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)
    house.has_user(replace(user, disabled_at=NOW))
    with house.refuses(ChallengeEnded):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)
    house.has_user(user)
    house.clock.pass_(seconds=CHALLENGE_LIFE.total_seconds())
    with house.refuses(ChallengeEnded):
        await house.make(FinishSignIn)(token, code_now(house.clock.now()), client=CLIENT)


async def test_another_sites_challenge_is_worth_nothing(house: PeopleHouse, user: User) -> None:
    token = await half_in(house, user)
    house.challenge_tokens = FakeChallengeTokens()

    with house.refuses(ChallengeEnded):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)


async def test_guessing_ends(house: PeopleHouse, user: User) -> None:
    token = await half_in(house, user)
    for _ in range(FACTOR_PER_ACCOUNT.times):
        with house.refuses(WrongCode):
            await house.make(FinishSignIn)(token, "999999", client=CLIENT)

    with house.refuses(TooMany):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)


async def test_patient_guessing_ends_too(house: PeopleHouse, user: User) -> None:
    for _ in range(FACTOR_PER_DAY.times):
        await house.limiter.hit(FACTOR_PER_DAY, user.id)

    token = await half_in(house, user)
    with house.refuses(TooMany):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)
    with house.refuses(TooMany):
        await house.make(SignIn)(user.email, PASSWORD, client=CLIENT, kind=SessionKind.API, otp=code_now(NOW))


async def test_a_passkey_alone_has_no_code(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_factor(passkey_named("phone", user.id, NOW))
    token = await half_in(house, user)

    for code in (code_now(NOW), "spare-1", ""):
        with house.refuses(WrongCode):
            await house.make(FinishSignIn)(token, code, client=CLIENT)


async def test_who_may_not_sign_in_is_refused(house: PeopleHouse, user: User) -> None:
    token = await half_in(house, user)
    house.forbids(Action.SIGN_IN)

    with house.refuses(Unauthenticated):
        await house.make(FinishSignIn)(token, code_now(NOW), client=CLIENT)
