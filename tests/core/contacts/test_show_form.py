from core.access import Action
from core.contacts.form import ContactForm
from core.contacts.use_cases.show_form import ShowForm
from core.errors import Unauthenticated
from tests.core.contacts_house import ContactsHouse
from tests.core.makers import NOW


async def test_anybody_sees_the_form_with_a_stamp_of_now(house: ContactsHouse) -> None:
    shown = await house.make(ShowForm)()

    assert shown.form == ContactForm()
    assert house.stamps.issued_at(shown.stamp) == NOW


async def test_who_may_not_write_is_refused(house: ContactsHouse) -> None:
    house.forbids(Action.SEND_MESSAGE)

    with house.refuses(Unauthenticated):
        await house.make(ShowForm)()
