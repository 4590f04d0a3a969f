import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, Unauthenticated
from core.identity import Role
from core.users.entities import User
from core.users.errors import WrongPassword
from core.users.factor_errors import ChallengeEnded, PasskeyNotMade, SetupEnded, TooManyPasskeys
from core.users.factors import FACTOR_NAME_LENGTH, PASSKEYS_OF_ONE, NewFactor
from core.users.proofs import PasskeyAsked
from core.users.use_cases.add_passkey import AddPasskey
from core.users.use_cases.begin_passkey import BeginPasskey
from tests.core.fakes.factors import passkey_named
from tests.core.makers import NOW, PASSWORD, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def user(house: PeopleHouse) -> User:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    return user


async def add(
    house: PeopleHouse,
    *,
    name: str = " Phone ",
    answer: str = "{nonce} phone 0",
    password: str = PASSWORD,
    asked: PasskeyAsked | None = None,
) -> NewFactor:
    asked = asked or await house.make(BeginPasskey)()
    answer = answer.format(nonce=asked.options.split()[0])
    return await house.make(AddPasskey)(name=name, answer=answer, token=asked.token, password=password)


async def test_a_passkey_is_kept_with_the_host_that_it_is_for(house: PeopleHouse, user: User) -> None:
    added = await add(house)

    assert added.factor in house.kept(house.factors).values()
    assert (added.factor.name, added.factor.host, added.factor.credential) == ("Phone", "anna.example", "phone")
    assert len(added.codes) == 10
    assert [letter.values["what"] for letter in house.kept(house.outbox)] == ["passkey_added"]
    assert [one.after for one in house.kept(house.audit)] == [{"what": "passkey_added", "factor": "Phone"}]


@pytest.mark.parametrize("name", ["", " ", "x" * (FACTOR_NAME_LENGTH + 1)])
async def test_it_needs_a_name(house: PeopleHouse, user: User, name: str) -> None:
    with house.refuses(Invalid):
        await add(house, name=name)


async def test_a_stolen_stay_is_not_enough(house: PeopleHouse, user: User) -> None:
    with house.refuses(WrongPassword):
        await add(house, password="")


async def test_what_the_browser_answers_has_to_be_a_passkey(house: PeopleHouse, user: User) -> None:
    with house.refuses(PasskeyNotMade):
        await add(house, answer="other phone 0")


async def test_an_answer_is_good_once_and_for_oneself(house: PeopleHouse, user: User) -> None:
    asked = await house.make(BeginPasskey)()
    await add(house, asked=asked)
    with house.refuses(ChallengeEnded):
        await add(house, answer="{nonce} tablet 0", asked=asked)
    house.has_user(member(Role.EDITOR))
    house.admits(Role.EDITOR)
    with house.refuses(SetupEnded):
        await add(house, answer="{nonce} tablet 0", asked=asked)
    with house.refuses(SetupEnded):
        await add(house, asked=PasskeyAsked(options="nonce", token="forged"))


async def test_there_are_only_so_many(house: PeopleHouse, user: User) -> None:
    asked = await house.make(BeginPasskey)()
    for number in range(PASSKEYS_OF_ONE):
        house.has_factor(passkey_named(f"p{number}", user.id, NOW))

    with house.refuses(TooManyPasskeys):
        await add(house, asked=asked)


async def test_who_may_not_is_refused(house: PeopleHouse, user: User) -> None:
    asked = await house.make(BeginPasskey)()
    house.forbids(Action.MANAGE_FACTORS)

    with house.refuses(Forbidden):
        await add(house, asked=asked)


async def test_a_refused_visitor_has_none(house: PeopleHouse, user: User) -> None:
    house.admits(Role.VISITOR)

    with house.refuses(Unauthenticated):
        await house.make(AddPasskey)(name="x", answer="", token="", password="")
