import pytest

from tests.core.house import House
from tests.core.office import Office


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def office() -> Office:
    return Office()
