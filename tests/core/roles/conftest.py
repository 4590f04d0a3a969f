import pytest

from tests.core.roles_house import RolesHouse


@pytest.fixture
def house() -> RolesHouse:
    return RolesHouse()
