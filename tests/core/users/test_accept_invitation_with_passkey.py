from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Invalid, Unauthenticated
from core.identity import Role
from core.users.errors import EmailTaken, InvitationNotFound
from core.users.factor_errors import ChallengeEnded, PasskeyNotMade
from core.users.factors import RECOVERY_CODES
from core.users.signed_in import Joined
from core.users.use_cases.accept_invitation_with_passkey import AcceptInvitationWithPasskey
from core.users.use_cases.offer_passkey import OfferPasskey
from tests.core.house import CLIENT
from tests.core.makers import invitation, member
from tests.core.people_house import PeopleHouse


@pytest.fixture
def link(house: PeopleHouse) -> str:
    return house.invitation_tokens.make(house.has_invitation(invitation()).id)


async def accept(house: PeopleHouse, link: str, *, name: str = "Nina", answer: str = "{nonce} phone 0") -> Joined:
    offered = await house.make(OfferPasskey)(link, name="Nina", client=CLIENT)
    nonce = offered.options.split()[0]
    use_case = house.make(AcceptInvitationWithPasskey)
    return await use_case(
        link, name=name, answer=answer.format(nonce=nonce), challenge_token=offered.token, client=CLIENT
    )


async def test_a_passkey_takes_the_place_of_a_password(house: PeopleHouse, link: str) -> None:
    joined = await accept(house, link)

    [user] = house.kept(house.users).values()
    assert (user.name, user.role, user.password_hash) == ("Nina", Role.EDITOR, None)
    passkey, drawer = sorted(house.kept(house.factors).values(), key=lambda factor: factor.kind)
    assert (passkey.credential, passkey.user_id, passkey.host) == ("phone", user.id, "anna.example")
    assert len(joined.codes) == len(drawer.digests) == RECOVERY_CODES
    assert house.kept(house.sessions) == {joined.signed_in.session.id: joined.signed_in.session}
    [line] = house.kept(house.audit)
    assert (line.action, line.after["by"], line.actor) == (Action.ACCEPT_INVITATION, "passkey", joined.signed_in.actor)


async def test_a_link_works_once(house: PeopleHouse, link: str) -> None:
    offered = await house.make(OfferPasskey)(link, name="Nina", client=CLIENT)
    await accept(house, link)
    answer = f"{offered.options.split()[0]} tablet 0"

    with house.refuses(InvitationNotFound):
        await house.make(AcceptInvitationWithPasskey)(
            link, name="Nina", answer=answer, challenge_token=offered.token, client=CLIENT
        )


async def test_what_the_browser_answers_has_to_be_a_passkey(house: PeopleHouse, link: str) -> None:
    with house.refuses(PasskeyNotMade):
        await accept(house, link, answer="other phone 0")

    assert [(one.action, one.reason) for one in house.refusals.kept] == [(Action.ACCEPT_INVITATION, "passkey_refused")]


async def test_what_was_offered_for_one_invitation_opens_no_other(house: PeopleHouse, link: str) -> None:
    other = house.invitation_tokens.make(house.has_invitation(invitation("other", email="other@example.org")).id)
    offered = await house.make(OfferPasskey)(other, name="Nina", client=CLIENT)
    answer = f"{offered.options.split()[0]} phone 0"

    for token in (offered.token, "forged"):
        with house.refuses(ChallengeEnded):
            await house.make(AcceptInvitationWithPasskey)(
                link, name="Nina", answer=answer, challenge_token=token, client=CLIENT
            )


async def test_a_name_is_needed_and_an_address_that_nobody_has(house: PeopleHouse, link: str) -> None:
    with house.refuses(Invalid):
        await accept(house, link, name="")
    house.has_user(replace(member(), email="new@example.org"))
    with house.refuses(EmailTaken):
        await accept(house, link)


async def test_who_may_not_accept_is_refused(house: PeopleHouse, link: str) -> None:
    offered = await house.make(OfferPasskey)(link, name="Nina", client=CLIENT)
    house.forbids(Action.ACCEPT_INVITATION)

    with house.refuses(Unauthenticated):
        await house.make(AcceptInvitationWithPasskey)(
            link, name="Nina", answer="", challenge_token=offered.token, client=CLIENT
        )
