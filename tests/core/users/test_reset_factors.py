import pytest

from core.access import Action, Scope
from core.errors import Forbidden, Unauthenticated
from core.granting import GrantsTooMuch
from core.identity import Role, UserId
from core.users.errors import NotOneself, UserNotFound
from core.users.use_cases.reset_factors import ResetFactors
from tests.core.fakes.access import FakeAccess
from tests.core.fakes.factors import app_of, drawer_of
from tests.core.makers import NOW, member, stay
from tests.core.people_house import PeopleHouse


async def test_the_password_is_enough_again_and_sessions_end(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_factor(app_of(user.id, NOW))
    house.has_factor(drawer_of(user.id, NOW, "spare-1"))
    house.has_session(stay())
    house.admits(Role.OWNER)

    assert await house.make(ResetFactors)(user.id) == user

    assert house.kept(house.factors) == {}
    assert house.kept(house.sessions) == {}
    assert [letter.values["what"] for letter in house.kept(house.outbox)] == ["factors_reset"]
    assert [(one.action, one.before) for one in house.kept(house.audit)] == [
        (Action.RESET_FACTORS, {"factors": "totp"})
    ]


async def test_nothing_happens_where_there_is_none(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.has_session(stay())
    house.admits(Role.OWNER)

    with house.changes_nothing():
        await house.make(ResetFactors)(user.id)


async def test_nobody_is_taken_it_from_by_herself_or_by_who_may_less(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.has_factor(app_of(owner.id, NOW))
    house.admits(Role.OWNER)
    with house.refuses(NotOneself):
        await house.make(ResetFactors)(owner.id)
    with house.refuses(UserNotFound):
        await house.make(ResetFactors)(UserId("nobody"))
    house.admits(Role.EDITOR)
    house.access = FakeAccess(house.access.actor, *house.gives(Role.EDITOR, RESET_FACTORS=Scope.ALL))
    with house.refuses(GrantsTooMuch):
        await house.make(ResetFactors)(owner.id)


@pytest.mark.parametrize("role", [Role.EDITOR, Role.AUTHOR])
async def test_a_refused_member_takes_nothing(house: PeopleHouse, role: Role) -> None:
    house.admits(role)
    with house.refuses(Forbidden):
        await house.make(ResetFactors)(UserId("owner"))
    house.admits(Role.VISITOR)
    with house.refuses(Unauthenticated):
        await house.make(ResetFactors)(UserId("owner"))
