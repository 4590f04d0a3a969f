import pytest

from tests.core.contacts_house import ContactsHouse


@pytest.fixture
def house() -> ContactsHouse:
    return ContactsHouse()
