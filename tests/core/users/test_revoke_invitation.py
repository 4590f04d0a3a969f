from dataclasses import replace

from core.access import Action
from core.errors import Forbidden, Unauthenticated
from core.identity import Role
from core.users.errors import InvitationNotFound
from core.users.use_cases.revoke_invitation import RevokeInvitation
from tests.core.makers import NOW, invitation
from tests.core.people_house import PeopleHouse


async def test_an_owner_takes_an_invitation_back(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation())
    house.admits(Role.OWNER)

    await house.make(RevokeInvitation)(waiting.id)

    assert house.kept(house.invitations)[waiting.id].revoked_at == NOW
    assert [one.action for one in house.kept(house.audit)] == [Action.REVOKE_INVITATION]


async def test_what_is_used_or_gone_is_not_found(house: PeopleHouse) -> None:
    used = house.has_invitation(replace(invitation("used"), accepted_at=NOW))
    gone = house.has_invitation(replace(invitation("gone"), revoked_at=NOW))
    house.admits(Role.OWNER)

    for invitation_id in (used.id, gone.id, invitation("nothing").id):
        with house.refuses(InvitationNotFound):
            await house.make(RevokeInvitation)(invitation_id)


async def test_a_refused_member_takes_none_back(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation())
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(RevokeInvitation)(waiting.id)


async def test_a_refused_visitor_takes_none_back(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(RevokeInvitation)(invitation().id)
