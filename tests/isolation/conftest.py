from collections.abc import AsyncIterator

import pytest

from dev.services import ServiceAddresses
from tests.api.house import House, standing_house
from tests.isolation.estate import Estate


@pytest.fixture(scope="session")
async def house(services: ServiceAddresses) -> AsyncIterator[House]:
    async with standing_house(services) as house:
        yield house


@pytest.fixture(scope="session")
async def hers(house: House) -> Estate:
    """Anna's site."""
    return await Estate.of(house, house.anna)


@pytest.fixture(scope="session")
async def his(house: House) -> Estate:
    """Boris's site."""
    return await Estate.of(house, house.boris)
