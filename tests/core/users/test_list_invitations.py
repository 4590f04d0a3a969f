from dataclasses import replace

from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.use_cases.list_invitations import ListInvitations
from tests.core.makers import NOW, invitation
from tests.core.people_house import PeopleHouse


async def test_an_owner_sees_what_nobody_has_accepted_yet(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation())
    house.has_invitation(replace(invitation("used"), accepted_at=NOW))
    house.has_invitation(replace(invitation("gone"), revoked_at=NOW))
    house.admits(Role.OWNER)

    [found] = await house.make(ListInvitations)()

    assert found.invitation == waiting
    assert house.invitation_tokens.read(found.token) == waiting.id


async def test_a_refused_member_sees_none(house: PeopleHouse) -> None:
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(ListInvitations)()


async def test_a_refused_visitor_sees_none(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ListInvitations)()
