from dataclasses import replace

from core.access import Scope
from core.errors import Forbidden, Unauthenticated
from core.granting import GrantsTooMuch, LastOwner
from core.identity import Role, UserId
from core.users.errors import NotOneself, UserNotFound
from core.users.use_cases.disable_user import DisableUser
from tests.core.makers import NOW, member, stay
from tests.core.people_house import PeopleHouse


async def test_her_sessions_and_tokens_end_at_once(house: PeopleHouse) -> None:
    user, other = house.has_user(member()), house.has_user(member(Role.EDITOR))
    hers, others = house.has_token(user.id), house.has_token(other.id)
    house.has_session(stay())
    editors = house.has_session(stay(Role.EDITOR))
    house.admits(Role.OWNER)

    await house.make(DisableUser)(user.id)

    assert house.kept(house.users)[user.id] == replace(user, disabled_at=NOW)
    assert house.kept(house.sessions) == {editors.id: editors}
    tokens = house.kept(house.api_tokens)
    assert (tokens[hers.id].revoked_at, tokens[others.id].revoked_at) == (NOW, None)
    assert [one.after for one in house.kept(house.audit)] == [{"state": "disabled"}]


async def test_who_is_shut_out_already_stays_so(house: PeopleHouse) -> None:
    user = house.has_user(member(disabled_at=NOW))
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(DisableUser)(user.id) == user


async def test_nobody_shuts_herself_out(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.admits(Role.OWNER)

    with house.refuses(NotOneself):
        await house.make(DisableUser)(owner.id)


async def test_the_last_owner_stays(house: PeopleHouse) -> None:
    other = house.has_user(replace(member(Role.OWNER), id=UserId("other")))
    house.admits(Role.OWNER)

    with house.refuses(LastOwner):
        await house.make(DisableUser)(other.id)


async def test_nobody_shuts_out_who_may_more(house: PeopleHouse) -> None:
    owner = house.has_user(member(Role.OWNER))
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, DISABLE_USER=Scope.ALL))

    with house.refuses(GrantsTooMuch):
        await house.make(DisableUser)(owner.id)


async def test_nobody_is_not_found(house: PeopleHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(UserNotFound):
        await house.make(DisableUser)(UserId("nobody"))


async def test_a_refused_member_shuts_nobody_out(house: PeopleHouse) -> None:
    user = house.has_user(member())
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(DisableUser)(user.id)


async def test_a_refused_visitor_shuts_nobody_out(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(DisableUser)(UserId("author"))
