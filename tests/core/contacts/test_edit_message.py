import pytest

from core.contacts.entities import NOTE_LENGTH, MessageState, MessageWishes
from core.contacts.errors import MessageNotFound
from core.contacts.use_cases.edit_message import EditMessage
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role, UserId
from tests.core.contacts_house import ContactsHouse, message

READ = MessageWishes(state=MessageState.READ)


async def test_moderator_keeps_a_message_in_order(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.MODERATOR)

    wanted = MessageWishes(state=MessageState.ARCHIVED, note=" Later. ", assignee_id=UserId("author"))
    saved = await house.make(EditMessage)("one", wanted, expected=1)

    assert house.kept(house.messages) == {"one": saved}
    assert (saved.state, saved.note, saved.assignee_id) == (MessageState.ARCHIVED, "Later.", "author")


async def test_who_left_stays_on_what_was_given_to_her(house: ContactsHouse) -> None:
    house.has_message(message(assignee_id=UserId("gone")))
    house.admits(Role.OWNER)

    wanted = MessageWishes(state=MessageState.READ, assignee_id=UserId("gone"))
    assert (await house.make(EditMessage)("one", wanted)).state is MessageState.READ


async def test_saving_what_stands_changes_nothing(house: ContactsHouse) -> None:
    house.has_message(message(state=MessageState.READ))
    house.admits(Role.OWNER)

    with house.changes_nothing():
        await house.make(EditMessage)("one", READ)


@pytest.mark.parametrize(
    "wanted",
    [
        MessageWishes(state=MessageState.READ, note="x" * (NOTE_LENGTH + 1)),
        MessageWishes(state=MessageState.READ, assignee_id=UserId("stranger")),
    ],
)
async def test_what_is_wrong_is_refused(house: ContactsHouse, wanted: MessageWishes) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(EditMessage)("one", wanted)


async def test_what_is_not_there_cannot_be_changed(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(MessageNotFound):
        await house.make(EditMessage)("one", READ)


async def test_who_saw_an_older_version_is_told(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(EditMessage)("one", READ, expected=2)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(EditMessage)("one", READ)
