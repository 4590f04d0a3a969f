from dataclasses import replace

import pytest

from core.access import Action
from core.errors import TooMany, Unauthenticated
from core.users.entities import SessionKind, User
from core.users.factor_errors import ChallengeEnded, PasskeyRefused
from core.users.limits import SIGN_IN_PER_CLIENT
from core.users.use_cases.ask_passkey import AskPasskey
from core.users.use_cases.sign_in_with_passkey import SignInWithPasskey
from tests.core.fakes.factors import passkey_named
from tests.core.house import CLIENT
from tests.core.makers import NOW, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member(password_hash=None))
    house.has_factor(passkey_named("phone", user.id, NOW, counter=3))
    return user


async def asked(house: PeopleHouse) -> tuple[str, str]:
    """What the passkey signs, and the token that goes with it."""
    found = await house.make(AskPasskey)(client=CLIENT)
    return found.options, found.token


async def test_a_passkey_signs_in_alone(house: PeopleHouse, user: User) -> None:
    nonce, token = await asked(house)

    signed_in = await house.make(SignInWithPasskey)(f"{nonce} phone 4", token, client=CLIENT)

    assert signed_in.actor == user.acting(signed_in.session.id)
    assert signed_in.session.kind is SessionKind.BROWSER
    assert house.kept(house.sessions) == {signed_in.session.id: signed_in.session}
    [passkey] = house.kept(house.factors).values()
    assert (passkey.counter, passkey.used_at) == (4, NOW)


async def test_an_answer_is_good_once(house: PeopleHouse, user: User) -> None:
    house.has_factor(passkey_named("tablet", user.id, NOW))
    nonce, token = await asked(house)
    await house.make(SignInWithPasskey)(f"{nonce} tablet 0", token, client=CLIENT)

    with house.refuses(ChallengeEnded):
        await house.make(SignInWithPasskey)(f"{nonce} tablet 0", token, client=CLIENT)


@pytest.mark.parametrize("count", [0, 2, 3])
async def test_a_count_that_does_not_go_on_is_a_copy(house: PeopleHouse, user: User, count: int) -> None:
    nonce, token = await asked(house)

    with house.refuses(PasskeyRefused):
        await house.make(SignInWithPasskey)(f"{nonce} phone {count}", token, client=CLIENT)

    assert [(one.action, one.subject, one.reason) for one in house.refusals.kept] == [
        (Action.SIGN_IN, user.id, "passkey_copied")
    ]


@pytest.mark.parametrize("answer", ["other-nonce phone 4", "{nonce} unknown 4", "", "nonsense"])
async def test_what_is_no_passkey_of_the_site_is_refused(house: PeopleHouse, user: User, answer: str) -> None:
    nonce, token = await asked(house)

    with house.refuses(PasskeyRefused):
        await house.make(SignInWithPasskey)(answer.format(nonce=nonce), token, client=CLIENT)

    assert [one.reason for one in house.refusals.kept] == ["passkey_refused"]


async def test_a_passkey_of_an_earlier_address_is_refused(house: PeopleHouse, user: User) -> None:
    house.has_factor(passkey_named("old", user.id, NOW, host="old.example"))
    nonce, token = await asked(house)

    with house.refuses(PasskeyRefused):
        await house.make(SignInWithPasskey)(f"{nonce} old 1", token, client=CLIENT)


async def test_who_is_shut_out_stays_so(house: PeopleHouse, user: User) -> None:
    house.has_user(replace(user, disabled_at=NOW))
    nonce, token = await asked(house)

    with house.refuses(PasskeyRefused):
        await house.make(SignInWithPasskey)(f"{nonce} phone 4", token, client=CLIENT)


async def test_guessing_from_one_place_ends(house: PeopleHouse, user: User) -> None:
    nonce, token = await asked(house)
    for _ in range(SIGN_IN_PER_CLIENT.times):
        await house.limiter.hit(SIGN_IN_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await house.make(SignInWithPasskey)(f"{nonce} phone 4", token, client=CLIENT)


async def test_who_may_not_sign_in_is_refused(house: PeopleHouse, user: User) -> None:
    nonce, token = await asked(house)
    house.forbids(Action.SIGN_IN)

    with house.refuses(Unauthenticated):
        await house.make(SignInWithPasskey)(f"{nonce} phone 4", token, client=CLIENT)
