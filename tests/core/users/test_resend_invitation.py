from dataclasses import replace
from datetime import timedelta

from core.access import Scope
from core.errors import Forbidden, Unauthenticated
from core.granting import GrantsTooMuch
from core.identity import Role
from core.mail import LetterKind
from core.users.entities import INVITATION_LIFE
from core.users.errors import InvitationNotFound
from core.users.use_cases.resend_invitation import ResendInvitation
from tests.core.makers import NOW, invitation
from tests.core.people_house import PeopleHouse


async def test_an_expired_invitation_is_sent_again_and_good_again(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation())
    house.clock.pass_(days=30)
    house.admits(Role.OWNER)

    sent = await house.make(ResendInvitation)(waiting.id)

    assert sent.invitation.expires_at == NOW + timedelta(days=30) + INVITATION_LIFE
    assert house.kept(house.invitations)[waiting.id] == sent.invitation
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to) == (LetterKind.INVITATION, waiting.email)
    assert (letter.values["inviter"], letter.values["path"]) == ("Owner", f"/invitations/{sent.token}")


async def test_what_is_used_or_gone_is_not_found(house: PeopleHouse) -> None:
    used = house.has_invitation(replace(invitation("used"), accepted_at=NOW))
    house.admits(Role.OWNER)

    for invitation_id in (used.id, invitation("nothing").id):
        with house.refuses(InvitationNotFound):
            await house.make(ResendInvitation)(invitation_id)


async def test_nobody_invites_again_to_what_she_lacks(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation(role=Role.OWNER))
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, INVITE_USER=Scope.ALL))

    with house.refuses(GrantsTooMuch):
        await house.make(ResendInvitation)(waiting.id)


async def test_a_refused_member_sends_none(house: PeopleHouse) -> None:
    waiting = house.has_invitation(invitation())
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(ResendInvitation)(waiting.id)


async def test_a_refused_visitor_sends_none(house: PeopleHouse) -> None:
    with house.refuses(Unauthenticated):
        await house.make(ResendInvitation)(invitation().id)
