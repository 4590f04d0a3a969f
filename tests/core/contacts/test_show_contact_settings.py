import pytest

from core.contacts.form import ContactForm
from core.contacts.use_cases.show_contact_settings import ShowContactSettings
from core.errors import Forbidden, TerraceError, Unauthenticated
from core.identity import Role
from tests.core.contacts_house import ContactsHouse


async def test_owner_sees_what_she_decided_and_whom_she_can_have_told(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    shown = await house.make(ShowContactSettings)()

    assert shown.form == ContactForm()
    assert [member.id for member in shown.members] == ["author", "moderator", "owner"]


@pytest.mark.parametrize(("role", "error"), [(Role.MODERATOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_is_not_the_owner_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.admits(role)

    with house.refuses(error):
        await house.make(ShowContactSettings)()
