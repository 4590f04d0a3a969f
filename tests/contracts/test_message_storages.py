"""MessageStorage, FormStorage and MemberDirectory."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from core.contacts.entities import Extra, Message, MessageId, MessageState, Reply, SpamReason
from core.contacts.errors import MessageNotFound
from core.contacts.form import ContactForm, ExtraField, FieldKind
from core.contacts.storage import Folder, FormStorage, MemberDirectory, MessageQuery, MessageStorage
from core.errors import Invalid, StaleVersion
from core.identity import Role, UserId
from core.tenancy.entities import Tenant
from db.contacts import SqlFormStorage, SqlMemberDirectory, SqlMessageStorage
from db.tenant_session import TenantSessions
from db.users import SqlUserStorage, UserRow
from tests.core.contacts_house import colleague, message
from tests.core.fakes.contacts import FakeMembers, MemoryForms, MemoryMessages
from tests.core.makers import NOW, member

DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Storages:
    messages: MessageStorage
    forms: FormStorage
    members: MemberDirectory


@pytest.fixture(params=["memory", "postgres"])
async def storages(request: pytest.FixtureRequest, anna: Tenant, sessions: TenantSessions) -> AsyncIterator[Storages]:
    people = [colleague(role) for role in (Role.AUTHOR, Role.OWNER)]
    if request.param == "memory":
        yield Storages(messages=MemoryMessages(), forms=MemoryForms(), members=FakeMembers(*people))
        return
    async with sessions.open(anna) as session:
        users = SqlUserStorage(session)
        for user in (member(Role.AUTHOR), member(Role.OWNER), member(Role.EDITOR, disabled_at=NOW)):
            await users.add(user)
        yield Storages(
            messages=SqlMessageStorage(session), forms=SqlFormStorage(session), members=SqlMemberDirectory(session)
        )


async def add(storages: Storages, key: str = "one", **changes: Any) -> Message:
    made = message(key, **changes)
    await storages.messages.add(made)
    return made


async def listed(storages: Storages, **query: Any) -> list[str]:
    page = await storages.messages.list_numbered(MessageQuery(**query), number=1, size=10)
    assert page.total == len(page.items)
    return [one.id for one in page.items]


async def test_a_message_comes_back_as_it_went(storages: Storages) -> None:
    full = await add(
        storages,
        telegram="@vera",
        other="+46",
        extra=(Extra(label="Фирма", value="Ё"),),
        consent="Yes.",
        lang="ru",
        client="hash",
        state=MessageState.SPAM,
        note="A note",
        assignee_id=UserId("author"),
        replies=(Reply(at=NOW, by_name="Owner", text="Gladly"),),
        score=110,
        reasons=(SpamReason.TRAP, SpamReason.LINKS),
        trashed_at=NOW,
    )

    assert await storages.messages.get(full.id) == full


async def test_what_was_saved_has_the_next_version(storages: Storages) -> None:
    one = await add(storages)

    saved = await storages.messages.save(replace(one, note="Words", text="Other words"))

    assert saved == replace(one, note="Words", text="Other words", version=2)
    assert await storages.messages.get(one.id) == saved
    assert await listed(storages, text="other words") == [one.id]
    with pytest.raises(StaleVersion):
        await storages.messages.save(one)


async def test_what_is_not_there_is_not_found(storages: Storages) -> None:
    with pytest.raises(MessageNotFound):
        await storages.messages.get(MessageId("none"))
    with pytest.raises(MessageNotFound):
        await storages.messages.save(message("none"))


async def test_each_folder_has_its_own(storages: Storages) -> None:
    for days, state in enumerate(MessageState):
        await add(storages, state.value, state=state, received_at=NOW - days * DAY)
    await add(storages, "trashed", state=MessageState.READ, trashed_at=NOW)

    assert await listed(storages) == ["unread", "read", "answered"]
    for folder in (Folder.UNREAD, Folder.READ, Folder.ANSWERED, Folder.ARCHIVED, Folder.SPAM):
        assert await listed(storages, folder=folder) == [folder.value]
    assert await listed(storages, folder=Folder.TRASH) == ["trashed"]
    assert await storages.messages.count() == dict.fromkeys(Folder, 1) | {Folder.INBOX: 3}


async def test_search_looks_everywhere_whatever_the_case(storages: Storages) -> None:
    await add(storages, "name", name="ЁЛКА 100%")
    await add(storages, "note", note="Call her", assignee_id=UserId("author"))
    await add(storages, "extra", extra=(Extra(label="Firm", value="Acme_Corp"),))

    assert await listed(storages, text="ёлка 100%") == ["name"]
    assert await listed(storages, text="CALL") == ["note"]
    assert await listed(storages, text="e_c") == ["extra"]
    assert await listed(storages, text="%\x00") == ["name"]
    assert await listed(storages, assignee_id=UserId("author")) == ["note"]


async def test_lists_come_in_pages_and_parts(storages: Storages) -> None:
    for number in range(3):
        await add(storages, str(number), received_at=NOW + number * DAY)

    page = await storages.messages.list_numbered(MessageQuery(), number=2, size=2)
    first = await storages.messages.list_slice(MessageQuery(), cursor=None, limit=2)
    rest = await storages.messages.list_slice(MessageQuery(), cursor=first.next_cursor, limit=2)
    beyond = await storages.messages.list_numbered(MessageQuery(), number=10**12, size=100)

    assert ([one.id for one in page.items], page.total) == (["0"], 3)
    assert [one.id for one in (*first.items, *rest.items)] == ["2", "1", "0"]
    assert rest.next_cursor is None
    assert (list(beyond.items), beyond.total) == ([], 3)
    with pytest.raises(Invalid):
        await storages.messages.list_slice(MessageQuery(), cursor="no place", limit=2)


async def test_those_that_say_the_same_are_counted(storages: Storages) -> None:
    first = await add(storages, "first", text="Buy 7 now!")
    await add(storages, "same", text="BUY 8, NOW", trashed_at=NOW, received_at=NOW - DAY)

    assert await storages.messages.count_alike(first.fingerprint, since=NOW - DAY) == 2
    assert await storages.messages.count_alike(first.fingerprint, since=NOW) == 1


async def test_several_are_moved_thrown_away_and_taken_back(storages: Storages) -> None:
    for key in ("one", "two"):
        await add(storages, key)
    await add(storages, "trashed", trashed_at=NOW)
    messages, everything = storages.messages, ["one", "two", "trashed", "none"]

    assert await messages.set_state(everything, MessageState.READ) == 2
    assert await messages.set_trashed(["one", "trashed"], NOW + DAY) == 1
    assert (await messages.get("trashed")).trashed_at == NOW
    assert await messages.set_trashed(everything, None) == 2
    one = await messages.get("one")
    assert (one.state, one.trashed_at, one.version) == (MessageState.READ, None, 4)


async def test_all_about_an_address_is_found_and_erased(storages: Storages) -> None:
    await add(storages, "late", telegram="@Vera_K")
    await add(storages, "early", name="See vera_k", received_at=NOW - DAY, trashed_at=NOW)
    await add(storages, "other", text="vera_kk and verask")

    found = await storages.messages.list_about("vera_k")

    assert [one.id for one in found] == ["early", "late"]
    assert await storages.messages.erase([*(one.id for one in found), "none"]) == 2
    assert await storages.messages.list_about("vera_k") == []


async def test_what_is_over_is_erased_and_clients_forgotten(storages: Storages) -> None:
    keeping, messages = ContactForm(retention_days=90).keeping, storages.messages
    assert await messages.next_end(keeping) is None
    await add(storages, "over", received_at=NOW - 90 * DAY)
    await add(storages, "spam", received_at=NOW - 30 * DAY, state=MessageState.SPAM)
    await add(storages, "trashed", received_at=NOW - 31 * DAY, trashed_at=NOW - 30 * DAY)
    await add(storages, "stays", received_at=NOW - 31 * DAY, client="known")
    await add(storages, "recent", received_at=NOW - 20 * DAY, client="known")
    assert await messages.next_end(keeping) == NOW - DAY

    assert await messages.expire(keeping, now=NOW) == 3

    assert await listed(storages) == ["recent", "stays"]
    assert [(await messages.get(key)).client for key in ("recent", "stays")] == ["known", ""]
    assert await messages.next_end(keeping) == NOW + 10 * DAY


async def test_the_form_comes_back_as_it_went(storages: Storages) -> None:
    topic = ExtraField(key="topic", label="Тема", kind=FieldKind.CHOICE, is_required=True, choices=("A", "Б"))
    wanted = ContactForm(
        is_open=False,
        fields=(topic,),
        consent="Yes.",
        consent_html="<p>Yes.</p>",
        retention_days=30,
        tells_owners=False,
        told=(UserId("author"),),
    )
    assert await storages.forms.form() == ContactForm()

    saved = await storages.forms.save_form(wanted)

    assert saved == replace(wanted, version=2) == await storages.forms.form()
    with pytest.raises(StaleVersion):
        await storages.forms.save_form(wanted)


async def test_members_are_those_who_may_sign_in(storages: Storages) -> None:
    assert await storages.members.list_members() == [colleague(Role.AUTHOR), colleague(Role.OWNER)]


async def test_who_goes_leaves_what_was_given_to_her(anna: Tenant, sessions: TenantSessions) -> None:
    async with sessions.open(anna) as session:
        await SqlUserStorage(session).add(member(Role.AUTHOR))
        await SqlMessageStorage(session).add(message(assignee_id=UserId("author")))
        await session.execute(delete(UserRow).where(UserRow.id == "author"))

        assert (await SqlMessageStorage(session).get("one")).assignee_id is None
