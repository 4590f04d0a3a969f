import pytest

from core.access import Action
from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_all_that_came_from_an_address_or_name_it_is_found(house: ContactsHouse) -> None:
    house.has_message(message("from", email="Vera@Example.org"))
    house.has_message(message("names", email="", other="or vera@example.org.", trashed_at=NOW))
    house.has_message(message("longer", email="dvera@example.org"))
    house.has_message(message("another", email="vera@example.org.uk"))
    house.admits(Role.OWNER)

    found = await house.make(DiscloseAddress)(" VERA@example.org ")

    assert sorted(one.id for one in found) == ["from", "names"]
    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.after) == (Action.EXPORT_MESSAGES, {"messages": "2", "about_address": "yes"})
    assert "vera" not in repr(recorded)


@pytest.mark.parametrize("address", ["", " @a ", "x" * 301])
async def test_an_address_is_needed(house: ContactsHouse, address: str) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(DiscloseAddress)(address)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(DiscloseAddress)("vera@example.org")
