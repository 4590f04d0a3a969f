from datetime import timedelta

import pytest

from core.contacts.storage import MessageQuery
from core.contacts.use_cases.query_messages import QueryMessages
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_a_folder_is_gone_through_part_by_part(house: ContactsHouse) -> None:
    for days, name in enumerate(("new", "older", "oldest")):
        house.has_message(message(name, received_at=NOW - timedelta(days=days)))
    house.admits(Role.OWNER)
    ask = house.make(QueryMessages)

    first = await ask(MessageQuery(), cursor=None, limit=2)
    rest = await ask(MessageQuery(), cursor=first.next_cursor, limit=2)

    assert [one.id for one in (*first.items, *rest.items)] == ["new", "older", "oldest"]
    assert rest.next_cursor is None


async def test_a_foreign_cursor_is_invalid(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(QueryMessages)(MessageQuery(), cursor="x", limit=2)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(QueryMessages)(MessageQuery(), cursor=None, limit=2)
