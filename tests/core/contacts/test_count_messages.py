import pytest

from core.contacts.storage import Folder
from core.contacts.use_cases.count_messages import CountMessages
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message


async def test_moderator_sees_how_many_wait(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.MODERATOR)

    assert (await house.make(CountMessages)())[Folder.UNREAD] == 1


@pytest.mark.parametrize(("role", "error"), [(Role.VIEWER, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(CountMessages)()
