from collections.abc import AsyncIterator

import pytest

from dev.services import ServiceAddresses
from tests.api.house import House, standing_house
from tests.http.wire import Wire, serving


@pytest.fixture(scope="session")
async def house(services: ServiceAddresses) -> AsyncIterator[House]:
    async with standing_house(services) as house:
        yield house


@pytest.fixture(scope="session")
async def wire(house: House) -> AsyncIterator[Wire]:
    async with serving(house.app) as wire:
        yield wire
