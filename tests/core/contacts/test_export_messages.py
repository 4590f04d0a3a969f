from datetime import timedelta

import pytest

from core.access import Action
from core.contacts.limits import EXPORT_SLICE
from core.contacts.storage import Folder, MessageQuery
from core.contacts.use_cases.export_messages import ExportMessages
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_moderator_takes_a_folder_along(house: ContactsHouse) -> None:
    for number in range(EXPORT_SLICE + 1):
        house.has_message(message(str(number), received_at=NOW - timedelta(hours=number)))
    house.admits(Role.MODERATOR)

    parts = [part async for part in await house.make(ExportMessages)(MessageQuery(folder=Folder.UNREAD))]

    assert [one.id for part in parts for one in part] == [str(number) for number in range(EXPORT_SLICE + 1)]
    assert [len(part) for part in parts] == [EXPORT_SLICE, 1]
    assert [(one.action, one.label) for one in house.kept(house.audit)] == [(Action.EXPORT_MESSAGES, "unread")]


async def test_an_empty_folder_has_no_parts(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    assert [part async for part in await house.make(ExportMessages)(MessageQuery())] == []


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ExportMessages)(MessageQuery())
