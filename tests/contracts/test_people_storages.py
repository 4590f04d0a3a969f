from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.identity import Role, SessionId, UserId
from core.users.entities import Invitation, InvitationId, Session, SessionKind, User
from core.users.errors import EmailTaken, SessionNotFound
from tests.contracts.conftest import Site, Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
ANNA = User(
    id=UserId("u1"), email="anna@anna.example", name="Anna", role=Role.OWNER, password_hash="hash", created_at=NOW
)
STAY = Session(id=SessionId("s1"), user_id=ANNA.id, kind=SessionKind.API, created_at=NOW, seen_at=NOW, generation=3)
INVITED = Invitation(
    id=InvitationId("i1"),
    email="eve@anna.example",
    name="Eve",
    role=Role.EDITOR,
    created_at=NOW,
    expires_at=NOW + timedelta(days=7),
)


@pytest.fixture
async def member(storages: Storages) -> User:
    await storages.users.add(ANNA)
    await storages.transaction.commit()
    return ANNA


async def test_a_user_is_found_by_id_and_by_email(storages: Storages, member: User) -> None:
    assert await storages.users.find(member.id) == member
    assert await storages.users.find_by_email(member.email) == member


async def test_unknown_users_are_none(storages: Storages) -> None:
    assert await storages.users.find(UserId("nobody")) is None
    assert await storages.users.find_by_email("nobody@x.example") is None


async def test_an_email_belongs_to_one_user(storages: Storages, member: User) -> None:
    with pytest.raises(EmailTaken):
        await storages.users.add(replace(member, id=UserId("u2")))


async def test_a_user_is_saved_whole(storages: Storages, member: User) -> None:
    changed = replace(member, name="Другая", role=Role.VIEWER, password_hash=None, locale="ru", disabled_at=NOW)
    await storages.users.save(changed)
    await storages.transaction.commit()

    assert await storages.users.find(member.id) == changed


async def test_a_session_comes_back_with_its_user(storages: Storages, member: User) -> None:
    await storages.sessions.add(STAY)
    await storages.transaction.commit()

    assert await storages.sessions.find(STAY.id) == STAY
    assert await storages.sessions.get(STAY.id) == STAY
    assert await storages.sessions.lock(STAY.id) == STAY
    assert await storages.sessions.find_with_user(STAY.id) == (STAY, member)


async def test_a_session_is_saved_and_deleted(storages: Storages, member: User) -> None:
    await storages.sessions.add(STAY)
    changed = replace(STAY, seen_at=NOW + timedelta(hours=2), generation=4, refreshed_at=NOW, user_agent="curl")
    await storages.sessions.save(changed)
    assert await storages.sessions.lock(STAY.id) == changed

    await storages.sessions.delete(STAY.id)
    await storages.sessions.delete(STAY.id)

    assert await storages.sessions.find(STAY.id) is None


async def test_unknown_sessions_are_none_or_not_found(storages: Storages) -> None:
    unknown = SessionId("nobody")

    assert await storages.sessions.find(unknown) is None
    assert await storages.sessions.find_with_user(unknown) is None
    assert await storages.sessions.lock(unknown) is None
    with pytest.raises(SessionNotFound):
        await storages.sessions.get(unknown)


async def test_an_invitation_is_found_until_it_is_used(storages: Storages) -> None:
    await storages.invitations.add(INVITED)
    assert await storages.invitations.find(INVITED.id) == INVITED
    assert await storages.invitations.lock(INVITED.id) == INVITED
    assert await storages.invitations.find_open(INVITED.email) == INVITED

    accepted = INVITED.accept(NOW)
    await storages.invitations.save(accepted)

    assert await storages.invitations.find(INVITED.id) == accepted
    assert await storages.invitations.find_open(INVITED.email) is None


async def test_the_newest_open_invitation_counts_even_when_expired(storages: Storages) -> None:
    older = replace(INVITED, id=InvitationId("i0"), created_at=NOW - timedelta(days=30))
    newest = replace(INVITED, id=InvitationId("i2"), created_at=NOW + timedelta(days=1), expires_at=NOW)
    revoked = replace(INVITED, id=InvitationId("i3"), created_at=NOW + timedelta(days=2), revoked_at=NOW)
    for invitation in (older, newest, INVITED, revoked):
        await storages.invitations.add(invitation)

    assert await storages.invitations.find_open(INVITED.email) == newest


async def test_unknown_invitations_are_none(storages: Storages) -> None:
    assert await storages.invitations.find(InvitationId("nobody")) is None
    assert await storages.invitations.lock(InvitationId("nobody")) is None
    assert await storages.invitations.find_open("nobody@x.example") is None


async def test_what_one_request_committed_the_next_one_sees(tenant_site: Site) -> None:
    async with tenant_site.open() as first:
        await first.users.add(ANNA)
        await first.transaction.commit()
    async with tenant_site.open() as second:
        assert await second.users.find(ANNA.id) == ANNA
