from dataclasses import replace

import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Invalid, TooMany, Unauthenticated
from core.identity import Role, SessionId
from core.mail import LetterKind
from core.users.entities import User
from core.users.errors import WrongPassword
from core.users.limits import PASSWORD_PER_ACCOUNT
from core.users.use_cases.change_password import ChangePassword
from tests.core.fakes.credentials import FakePasswords
from tests.core.makers import PASSWORD, member, stay
from tests.core.people_house import PeopleHouse

NEW = "quite another one"


async def test_a_member_chooses_another_password_and_her_other_sessions_end(house: PeopleHouse) -> None:
    user = house.has_user(member())
    here = house.has_session(stay())
    house.has_session(replace(stay(), id=SessionId("other")))
    house.admits(Role.AUTHOR)

    await house.make(ChangePassword)(PASSWORD, NEW)

    assert house.kept(house.users)[user.id].password_hash == f"new:{NEW}"
    assert house.kept(house.sessions) == {here.id: here}
    assert [letter.kind for letter in house.kept(house.outbox)] == [LetterKind.SIGN_IN_CHANGED]
    assert [one.action for one in house.kept(house.audit)] == [Action.CHANGE_CREDENTIALS]


async def test_a_wrong_password_changes_nothing_and_is_noted(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)

    with house.refuses(WrongPassword):
        await house.make(ChangePassword)("wrong", NEW)

    assert [one.reason for one in house.refusals.kept] == ["wrong_password"]


async def test_guessing_is_limited(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)
    for _ in range(PASSWORD_PER_ACCOUNT.times):
        with house.refuses(WrongPassword):
            await house.make(ChangePassword)("wrong", NEW)

    with house.refuses(TooMany):
        await house.make(ChangePassword)(PASSWORD, NEW)


async def test_a_poor_password_is_refused(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)

    with house.refuses(Invalid):
        await house.make(ChangePassword)(PASSWORD, "short")


class SlowPasswords(FakePasswords):
    """Somebody else is quicker."""

    def __init__(self, house: PeopleHouse, user: User) -> None:
        super().__init__()
        self._house = house
        self._user = user

    async def hash(self, password: str) -> str:
        self._house.has_user(replace(self._user, password_hash="new:changed meanwhile"))
        return await super().hash(password)


async def test_of_two_changes_at_once_one_wins(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.AUTHOR)
    house.passwords = SlowPasswords(house, user)

    with pytest.raises(WrongPassword):
        await house.make(ChangePassword)(PASSWORD, NEW)

    assert house.kept(house.users)[user.id].password_hash == "new:changed meanwhile"


async def test_a_refused_visitor_and_who_is_gone_change_nothing(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ChangePassword)(PASSWORD, NEW)
    house.admits(Role.AUTHOR)
    with house.refuses(Unauthenticated):
        await house.make(ChangePassword)(PASSWORD, NEW)


async def test_who_may_not_is_refused(house: PeopleHouse) -> None:
    house.has_user(member())
    house.admits(Role.AUTHOR)
    house.forbids(Action.CHANGE_CREDENTIALS, Scope.NONE)

    with house.refuses(Forbidden):
        await house.make(ChangePassword)(PASSWORD, NEW)
