from datetime import timedelta

import pytest

from core.contacts.entities import MessageState
from core.contacts.errors import MessageNotFound
from core.contacts.storage import Folder, MessageQuery
from core.contacts.use_cases.list_messages import ListMessages
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_moderator_sees_a_folder_and_what_all_hold(house: ContactsHouse) -> None:
    house.has_message(message("old", received_at=NOW - timedelta(days=1), state=MessageState.ANSWERED))
    house.has_message(message("new"))
    house.has_message(message("spam", state=MessageState.SPAM))
    house.has_message(message("trashed", trashed_at=NOW))
    house.admits(Role.MODERATOR)

    listed = await house.make(ListMessages)(MessageQuery())

    assert [one.id for one in listed.page.items] == ["new", "old"]
    assert [member.name for member in listed.members] == ["Author", "Moderator", "Owner"]
    assert listed.counts == dict.fromkeys(Folder, 1) | {
        Folder.INBOX: 2,
        Folder.READ: 0,
        Folder.ARCHIVED: 0,
    }


async def test_there_is_nothing_beyond_the_last_page(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(MessageNotFound):
        await house.make(ListMessages)(MessageQuery(), number=2)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ListMessages)(MessageQuery())
