import pytest

from core.contacts.entities import MessageState
from core.contacts.use_cases.change_messages import ChangeMessages
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_several_go_to_another_folder(house: ContactsHouse) -> None:
    house.has_message(message("one", state=MessageState.SPAM))
    house.has_message(message("two"))
    house.has_message(message("trashed", trashed_at=NOW))
    house.admits(Role.MODERATOR)

    changed = await house.make(ChangeMessages)(["one", "two", "trashed", "none"], MessageState.READ)

    assert changed == 2
    states = {key: one.state for key, one in house.kept(house.messages).items()}
    assert states == {"one": MessageState.READ, "two": MessageState.READ, "trashed": MessageState.UNREAD}


@pytest.mark.parametrize("chosen", [[], ["one"] * 101])
async def test_none_or_too_many_are_refused(house: ContactsHouse, chosen: list[str]) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(ChangeMessages)(chosen, MessageState.READ)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(ChangeMessages)(["one"], MessageState.READ)
