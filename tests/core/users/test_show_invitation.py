from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Unauthenticated
from core.users.entities import INVITATION_LIFE, Invitation
from core.users.errors import InvitationNotFound
from core.users.use_cases.show_invitation import ShowInvitation
from tests.core.fakes.credentials import FakeInvitationTokens
from tests.core.house import House
from tests.core.makers import NOW, invitation


def show(house: House) -> ShowInvitation:
    return ShowInvitation(
        access=house.access, invitations=house.invitations, tokens=house.invitation_tokens, clock=house.clock
    )


async def test_whoever_has_the_link_sees_to_what_it_invites(house: House) -> None:
    invited = house.has_invitation(invitation())

    assert await show(house)(house.invitation_tokens.make(invited.id)) == invited


@pytest.mark.parametrize(
    "closed",
    [
        invitation().accept(NOW),
        replace(invitation(), revoked_at=NOW),
        replace(invitation(), expires_at=NOW, created_at=NOW - INVITATION_LIFE),
    ],
    ids=["used", "revoked", "expired"],
)
async def test_a_link_that_is_no_longer_good_is_refused(house: House, closed: Invitation) -> None:
    house.has_invitation(closed)

    with house.refuses(InvitationNotFound):
        await show(house)(house.invitation_tokens.make(closed.id))


async def test_an_unknown_invitation_and_a_forged_link_are_refused_alike(house: House) -> None:
    house.has_invitation(invitation())
    foreign = FakeInvitationTokens("boris")

    for token in ("forged", foreign.make(invitation().id), house.invitation_tokens.make(invitation("other").id)):
        with house.refuses(InvitationNotFound):
            await show(house)(token)


async def test_a_refused_visitor_sees_nothing_where_the_site_says_so(house: House) -> None:
    invited = house.has_invitation(invitation())
    house.forbids(Action.ACCEPT_INVITATION)

    with house.refuses(Unauthenticated):
        await show(house)(house.invitation_tokens.make(invited.id))
