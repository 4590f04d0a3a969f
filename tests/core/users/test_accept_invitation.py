from dataclasses import replace

import pytest

from core.access import Action
from core.errors import Invalid, TooMany, Unauthenticated
from core.events import EventKind
from core.identity import Role
from core.users.credentials import TokenKind
from core.users.entities import INVITATION_LIFE, SessionKind
from core.users.errors import EmailTaken, InvitationNotFound
from core.users.limits import INVITATION_PER_CLIENT
from core.users.use_cases.accept_invitation import AcceptInvitation
from tests.core.fakes.credentials import FakeInvitationTokens
from tests.core.house import CLIENT, House
from tests.core.makers import NOW, PASSWORD, invitation, member


def accept(house: House) -> AcceptInvitation:
    return house.make(AcceptInvitation)


def invited(house: House) -> str:
    return house.invitation_tokens.make(house.has_invitation(invitation()).id)


async def test_whoever_has_the_link_becomes_a_member_and_is_signed_in(house: House) -> None:
    signed_in = await accept(house)(invited(house), name=" Nina ", password=PASSWORD, client=CLIENT)

    (user,) = house.kept(house.users).values()
    assert (user.email, user.name, user.role) == ("new@example.org", "Nina", Role.EDITOR)
    assert user.password_hash == f"new:{PASSWORD}"
    assert house.kept(house.sessions) == {signed_in.session.id: signed_in.session}
    assert signed_in.session.kind is SessionKind.BROWSER
    assert signed_in.actor == user.acting(signed_in.session.id)
    assert house.tokens.read(signed_in.cookie or "", TokenKind.BROWSER, now=NOW) is not None
    assert [kept.accepted_at for kept in house.kept(house.invitations).values()] == [NOW]


async def test_a_link_works_once(house: House) -> None:
    token = invited(house)
    await accept(house)(token, name="Nina", password=PASSWORD, client=CLIENT)

    with house.refuses(InvitationNotFound):
        await accept(house)(token, name="Eve", password=PASSWORD, client=CLIENT)


async def test_a_revoked_and_an_expired_link_are_refused(house: House) -> None:
    token = invited(house)
    house.has_invitation(replace(invitation("revoked"), revoked_at=NOW))
    house.clock.pass_(seconds=INVITATION_LIFE.total_seconds())

    for link in (token, house.invitation_tokens.make(invitation("revoked").id)):
        with house.refuses(InvitationNotFound):
            await accept(house)(link, name="Nina", password=PASSWORD, client=CLIENT)


async def test_the_link_of_another_site_is_refused(house: House) -> None:
    invited(house)

    with house.refuses(InvitationNotFound):
        foreign = FakeInvitationTokens("boris").make(invitation().id)
        await accept(house)(foreign, name="Nina", password=PASSWORD, client=CLIENT)


@pytest.mark.parametrize(
    ("name", "password", "fields"),
    [("", PASSWORD, ["name"]), ("Nina", "short", ["password"]), (" ", "", ["name", "password"])],
)
async def test_what_lacks_a_name_or_a_password_is_refused(
    house: House, name: str, password: str, fields: list[str]
) -> None:
    token = invited(house)

    with house.refuses(Invalid) as refused:
        await accept(house)(token, name=name, password=password, client=CLIENT)
    assert isinstance(refused.value, Invalid)
    assert [problem.field for problem in refused.value.problems] == fields


async def test_who_became_a_member_in_the_meantime_is_refused(house: House) -> None:
    token = invited(house)
    house.has_user(replace(member(), email="new@example.org"))

    with house.refuses(EmailTaken):
        await accept(house)(token, name="Nina", password=PASSWORD, client=CLIENT)


async def test_guessing_at_links_ends(house: House) -> None:
    token = invited(house)
    for _ in range(INVITATION_PER_CLIENT.times):
        await house.limiter.hit(INVITATION_PER_CLIENT, CLIENT.key)

    with house.refuses(TooMany):
        await accept(house)(token, name="Nina", password=PASSWORD, client=CLIENT)


async def test_a_refused_visitor_becomes_nobody_where_the_site_says_so(house: House) -> None:
    token = invited(house)
    house.forbids(Action.ACCEPT_INVITATION)

    with house.refuses(Unauthenticated):
        await accept(house)(token, name="Nina", password=PASSWORD, client=CLIENT)

    assert house.limiter.hits == {}


async def test_a_replayed_invitation_is_noted(house: House) -> None:
    token = invited(house)
    await accept(house)(token, name="Nina", password=PASSWORD, client=CLIENT)

    for again in (token, "forged"):
        with house.refuses(InvitationNotFound):
            await accept(house)(again, name="Nina", password=PASSWORD, client=CLIENT)

    assert [(one.action, one.subject) for one in house.refusals.kept] == [
        (Action.ACCEPT_INVITATION, "invitation"),
        (Action.ACCEPT_INVITATION, ""),
    ]
    [line] = house.kept(house.audit)
    assert (line.action, line.actor.name, line.actor.user_id) == (Action.ACCEPT_INVITATION, "Nina", line.subject)
    assert [kind for kind, _, _ in house.kept(house.events)] == [EventKind.USER_JOINED]
    assert house.kept(house.outbox) == []
