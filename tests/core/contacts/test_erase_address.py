import pytest

from core.access import Action
from core.contacts.use_cases.erase_address import EraseAddress
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_everything_about_an_address_is_gone_for_good(house: ContactsHouse) -> None:
    house.has_message(message("from"))
    house.has_message(message("trashed", trashed_at=NOW))
    house.has_message(message("another", email="boris@example.org"))
    house.admits(Role.OWNER)

    assert await house.make(EraseAddress)("vera@example.org") == 2

    assert set(house.kept(house.messages)) == {"another"}
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.after) == (Action.ERASE_MESSAGES, {"messages": "2"})
    assert "vera" not in repr(recorded)


async def test_where_nothing_is_known_nothing_changes(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.changes_nothing():
        assert await house.make(EraseAddress)("vera@example.org") == 0


@pytest.mark.parametrize("address", ["", " @a ", "x" * 301])
async def test_an_address_is_needed(house: ContactsHouse, address: str) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(EraseAddress)(address)


@pytest.mark.parametrize(("role", "error"), [(Role.MODERATOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(EraseAddress)("vera@example.org")
