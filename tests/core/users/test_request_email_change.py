import pytest

from core.access import Action
from core.errors import Forbidden, Invalid, TooMany, Unauthenticated
from core.identity import Role
from core.mail import LetterKind
from core.users.credentials import LinkPurpose
from core.users.errors import WrongPassword
from core.users.limits import EMAIL_CHANGE_PER_ACCOUNT
from core.users.use_cases.request_email_change import RequestEmailChange
from tests.core.makers import NOW, PASSWORD, member
from tests.core.people_house import PeopleHouse


async def test_a_link_goes_to_the_new_address_and_nothing_changes_yet(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)

    await house.make(RequestEmailChange)(" New@Example.org", PASSWORD)

    assert house.kept(house.users) == {user.id: user}
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to) == (LetterKind.EMAIL_CHANGE, "new@example.org")
    claims = house.link_tokens.read(
        letter.values["path"].removeprefix("/email-change/"), LinkPurpose.EMAIL_CHANGE, now=NOW
    )
    assert claims is not None
    assert (claims.user_id, claims.email) == (user.id, "new@example.org")
    assert [one.action for one in house.kept(house.audit)] == [Action.CHANGE_CREDENTIALS]


async def test_that_somebody_has_the_address_is_not_told(house: PeopleHouse) -> None:
    house.has_user(member())
    other = house.has_user(member(Role.EDITOR))
    house.admits(Role.AUTHOR)

    await house.make(RequestEmailChange)(other.email, PASSWORD)

    assert [letter.to for letter in house.kept(house.outbox)] == [other.email]


async def test_a_wrong_password_sends_nothing_and_is_noted(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)

    with house.refuses(WrongPassword):
        await house.make(RequestEmailChange)("new@example.org", "wrong")

    assert [one.reason for one in house.refusals.kept] == ["wrong_password"]


@pytest.mark.parametrize("email", ["", "new", "a,b@c.org", "AUTHOR@example.org"])
async def test_what_is_no_new_address_is_refused(house: PeopleHouse, email: str) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await house.make(RequestEmailChange)(email, PASSWORD)


async def test_letters_to_strangers_are_limited(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)
    for _ in range(EMAIL_CHANGE_PER_ACCOUNT.times):
        await house.make(RequestEmailChange)("new@example.org", PASSWORD)

    with house.refuses(TooMany):
        await house.make(RequestEmailChange)("new@example.org", PASSWORD)


async def test_a_refused_visitor_changes_nothing(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(RequestEmailChange)("new@example.org", PASSWORD)


async def test_who_may_not_is_refused(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)
    house.forbids(Action.CHANGE_CREDENTIALS)

    with house.refuses(Forbidden):
        await house.make(RequestEmailChange)("new@example.org", PASSWORD)
