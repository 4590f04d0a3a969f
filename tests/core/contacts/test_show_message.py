from datetime import timedelta

import pytest

from core.contacts.entities import MessageState
from core.contacts.errors import MessageNotFound
from core.contacts.use_cases.show_message import ShowMessage
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_looking_leaves_a_message_unread(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.MODERATOR)

    shown = await house.make(ShowMessage)("one")

    assert shown.message.state is MessageState.UNREAD
    assert [member.name for member in shown.members] == ["Author", "Moderator", "Owner"]
    assert shown.ends_at == NOW + timedelta(days=365)


async def test_what_is_not_there_is_not_found(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(MessageNotFound):
        await house.make(ShowMessage)("one")


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowMessage)("one")
