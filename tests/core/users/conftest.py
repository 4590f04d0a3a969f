import pytest

from tests.core.people_house import PeopleHouse


@pytest.fixture
def house() -> PeopleHouse:
    return PeopleHouse()
