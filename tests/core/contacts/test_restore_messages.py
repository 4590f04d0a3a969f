import pytest

from core.contacts.use_cases.restore_messages import RestoreMessages
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_they_come_back_to_where_they_lay(house: ContactsHouse) -> None:
    house.has_message(message("one", trashed_at=NOW))
    house.has_message(message("two"))
    house.admits(Role.MODERATOR)

    assert await house.make(RestoreMessages)(["one", "two"]) == 1

    assert {one.trashed_at for one in house.kept(house.messages).values()} == {None}


@pytest.mark.parametrize("chosen", [[], ["one"] * 101])
async def test_none_or_too_many_are_refused(house: ContactsHouse, chosen: list[str]) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(RestoreMessages)(chosen)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(RestoreMessages)(["one"])
