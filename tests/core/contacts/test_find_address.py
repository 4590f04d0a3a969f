from collections.abc import Callable

import pytest

from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.contacts.use_cases.find_address import FindAddress
from core.errors import Forbidden, Invalid, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW

Look = Callable[..., FindAddress | DiscloseAddress]
LOOKING: list[Look] = [FindAddress, DiscloseAddress]
"""What finds by an address, to look and to hand over."""


@pytest.mark.parametrize("look", LOOKING)
async def test_all_that_came_from_an_address_or_name_it_is_found(house: ContactsHouse, look: Look) -> None:
    house.has_message(message("from", email="Vera@Example.org"))
    house.has_message(message("names", email="", other="or vera@example.org.", trashed_at=NOW))
    house.has_message(message("longer", email="dvera@example.org"))
    house.has_message(message("another", email="vera@example.org.uk"))
    house.admits(Role.OWNER)

    found = await house.make(look)(" VERA@example.org ")

    assert sorted(one.id for one in found) == ["from", "names"]


async def test_a_name_at_telegram_is_found_however_it_is_written(house: ContactsHouse) -> None:
    house.has_message(message("from", telegram="@Vera_K"))
    house.admits(Role.OWNER)

    for address in ("vera_k", "@vera_k", "https://t.me/vera_k"):
        assert [one.id for one in await house.make(FindAddress)(address)] == ["from"]


@pytest.mark.parametrize("look", LOOKING)
@pytest.mark.parametrize("address", ["", " @a ", "x" * 301])
async def test_an_address_is_needed(house: ContactsHouse, look: Look, address: str) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(look)(address)


@pytest.mark.parametrize(
    ("look", "role", "error"),
    [
        (FindAddress, Role.MODERATOR, Forbidden),
        (FindAddress, Role.VISITOR, Unauthenticated),
        (DiscloseAddress, Role.EDITOR, Forbidden),
        (DiscloseAddress, Role.VISITOR, Unauthenticated),
    ],
)
async def test_who_may_not_is_refused(house: ContactsHouse, look: Look, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(look)("vera@example.org")
