import pytest

from tests.core.matrix_files_house import ImportingHouse


@pytest.fixture
def house() -> ImportingHouse:
    return ImportingHouse()
