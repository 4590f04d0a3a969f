from datetime import timedelta

import pytest

from core.access import Scope
from core.errors import Forbidden, Invalid, Unauthenticated
from core.granting import GrantsTooMuch
from core.identity import Role
from core.mail import LetterKind
from core.users.entities import INVITATION_LIFE
from core.users.errors import EmailTaken
from core.users.use_cases.invite_user import InviteUser
from tests.core.house import House
from tests.core.makers import NOW, invitation, member
from tests.core.people_house import PeopleHouse


def invite(house: House) -> InviteUser:
    return house.make(InviteUser)


async def test_owner_invites_an_editor_by_a_link(house: House) -> None:
    house.admits(Role.OWNER)

    invited = await invite(house)("  New@Example.org ", Role.EDITOR, name=" New ")

    invitation = invited.invitation
    assert house.kept(house.invitations) == {invitation.id: invitation}
    assert (invitation.email, invitation.name, invitation.role) == ("new@example.org", "New", Role.EDITOR)
    assert invitation.expires_at == NOW + INVITATION_LIFE
    assert house.invitation_tokens.read(invited.token) == invitation.id


async def test_an_older_invitation_of_hers_is_revoked(house: House) -> None:
    older = house.has_invitation(invitation())
    house.admits(Role.OWNER)
    house.clock.pass_(days=1)

    invited = await invite(house)("new@example.org", Role.VIEWER)

    kept = house.kept(house.invitations)
    assert kept[older.id].revoked_at == NOW + timedelta(days=1)
    assert kept[invited.invitation.id].is_open(house.clock.now())


async def test_who_is_here_already_is_not_invited(house: House) -> None:
    user = house.has_user(member())
    house.admits(Role.OWNER)

    with house.refuses(EmailTaken):
        await invite(house)(user.email.upper(), Role.EDITOR)


@pytest.mark.parametrize("email", ["", "new", "new@"])
async def test_what_is_no_address_is_refused(house: House, email: str) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await invite(house)(email, Role.EDITOR)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.VISITOR])
async def test_nobody_is_invited_to_what_is_no_role_of_members(house: House, role: Role) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await invite(house)("new@example.org", role)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.AUTHOR, Role.EDITOR])
async def test_a_refused_member_invites_nobody(house: House, role: Role) -> None:
    house.has_invitation(invitation())
    house.admits(role)

    with house.refuses(Forbidden):
        await invite(house)("new@example.org", Role.OWNER)


async def test_a_refused_visitor_invites_nobody(house: House) -> None:
    with house.refuses(Unauthenticated):
        await invite(house)("new@example.org", Role.OWNER)


async def test_the_link_is_mailed_in_the_inviters_name(house: House) -> None:
    house.admits(Role.OWNER)

    invited = await invite(house)("new@example.org", Role.EDITOR, name="New")

    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to) == (LetterKind.INVITATION, "new@example.org")
    assert letter.values == {
        "name": "New",
        "inviter": "Owner",
        "path": f"/invitations/{invited.token}",
        "days": "7",
    }
    assert [one.after["role"] for one in house.kept(house.audit)] == ["editor"]


async def test_nobody_invites_to_what_she_lacks(house: PeopleHouse) -> None:
    house.admits(Role.EDITOR)
    house.has_policy(*house.gives(Role.EDITOR, INVITE_USER=Scope.ALL))

    with house.refuses(GrantsTooMuch):
        await invite(house)("new@example.org", Role.OWNER)
