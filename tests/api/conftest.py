from collections.abc import AsyncIterator

import pytest

from dev.services import ServiceAddresses
from tests.api.house import House, Site, standing_house


@pytest.fixture(scope="session")
async def house(services: ServiceAddresses) -> AsyncIterator[House]:
    async with standing_house(services) as house:
        yield house


@pytest.fixture
def anna(house: House) -> Site:
    return house.anna


@pytest.fixture
def boris(house: House) -> Site:
    return house.boris
