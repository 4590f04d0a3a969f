from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.identity import Role, SessionId, UserId
from core.links import Link
from core.users.entities import Invitation, InvitationId, Session, SessionKind, User
from core.users.errors import EmailTaken, SessionNotFound
from core.users.profiles import Profile
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


OLGA = replace(ANNA, id=UserId("u2"), email="olga@anna.example", name="olga", role=Role.AUTHOR)


async def test_everybody_is_listed_by_name_with_the_last_use(storages: Storages, member: User) -> None:
    await storages.users.add(OLGA)
    await storages.sessions.add(STAY)

    assert list(await storages.users.list_all()) == [(member, NOW), (OLGA, None)]


async def test_a_locked_user_is_the_one_that_is_found(storages: Storages, member: User) -> None:
    assert await storages.users.lock(member.id) == member
    assert await storages.users.lock(UserId("nobody")) is None


async def test_owners_are_those_who_are_enabled(storages: Storages, member: User) -> None:
    await storages.users.add(OLGA)
    await storages.users.add(
        replace(ANNA, id=UserId("u3"), email="ivan@anna.example", name="Ivan", role=Role.OWNER, disabled_at=NOW)
    )

    assert list(await storages.users.lock_owners()) == [member.id]


async def test_who_is_deleted_is_gone(storages: Storages, member: User) -> None:
    await storages.users.delete(member.id)

    assert await storages.users.find(member.id) is None


async def test_a_profile_is_kept_apart_from_the_user(storages: Storages, member: User) -> None:
    assert await storages.users.get_profile(member.id) == Profile()
    told = Profile(
        bio="*Я*", bio_html="<p>Я</p>", picture="k", picture_alt="A", links=(Link(label="A", url="https://a.example"),)
    )

    await storages.users.save_profile(member.id, told)
    await storages.users.save_devices(member.id, ("second", "first"))

    assert await storages.users.get_profile(member.id) == told
    assert await storages.users.list_devices(member.id) == ("second", "first")
    assert await storages.users.find(member.id) == member
    assert await storages.users.get_profile(UserId("nobody")) == Profile()
    assert await storages.users.list_devices(UserId("nobody")) == ()


async def test_nobody_takes_anothers_address(storages: Storages, member: User) -> None:
    await storages.users.add(OLGA)

    with pytest.raises(EmailTaken):
        await storages.users.save(replace(OLGA, email=member.email))


async def test_sessions_of_one_person_are_listed_and_ended(storages: Storages, member: User) -> None:
    await storages.users.add(OLGA)
    newer = replace(STAY, id=SessionId("s2"), seen_at=NOW + timedelta(hours=2), client="here")
    others = replace(STAY, id=SessionId("s3"), user_id=OLGA.id)
    for session in (STAY, newer, others):
        await storages.sessions.add(session)
    assert list(await storages.sessions.list_of(member.id)) == [newer, STAY]

    await storages.sessions.delete_of(member.id, but=newer.id)
    assert list(await storages.sessions.list_of(member.id)) == [newer]
    await storages.sessions.delete_of(member.id)
    assert list(await storages.sessions.list_of(member.id)) == []
    assert await storages.sessions.find(others.id) == others


async def test_open_invitations_are_those_that_nobody_used_or_took_back(storages: Storages) -> None:
    later = replace(INVITED, id=InvitationId("i2"), created_at=NOW + timedelta(hours=1))
    used = replace(INVITED, id=InvitationId("i3"), accepted_at=NOW)
    revoked = replace(INVITED, id=InvitationId("i4"), revoked_at=NOW)
    for invitation in (INVITED, later, used, revoked):
        await storages.invitations.add(invitation)

    assert list(await storages.invitations.list_open()) == [later, INVITED]
