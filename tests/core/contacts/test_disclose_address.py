"""What it finds, and who may not: test_find_address.py, of both."""

import pytest

from core.access import Action
from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.errors import Forbidden, Invalid
from core.identity import Role
from tests.core.contacts_house import ContactsHouse, message


async def test_that_it_was_done_is_recorded_and_the_address_is_not(house: ContactsHouse) -> None:
    house.has_message(message("from", email="Vera@Example.org"))
    house.admits(Role.OWNER)

    await house.make(DiscloseAddress)(" VERA@example.org ")

    [recorded] = house.kept(house.audit)
    assert (recorded.action, recorded.after) == (Action.EXPORT_MESSAGES, {"messages": "1", "about_address": "yes"})
    assert "vera" not in repr(recorded)


async def test_what_is_no_address_leaves_no_line_either(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(DiscloseAddress)("")

    assert house.kept(house.audit) == []


async def test_a_refused_member_leaves_no_line(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.EDITOR)

    with house.refuses(Forbidden):
        await house.make(DiscloseAddress)("vera@example.org")

    assert house.kept(house.audit) == []


@pytest.mark.parametrize("count", [0, 2])
async def test_how_many_there_were_is_told(house: ContactsHouse, count: int) -> None:
    for number in range(count):
        house.has_message(message(f"m{number}", email="vera@example.org"))
    house.admits(Role.OWNER)

    await house.make(DiscloseAddress)("vera@example.org")

    assert house.kept(house.audit)[0].after["messages"] == str(count)
