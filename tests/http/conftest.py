from collections.abc import AsyncIterator

import pytest

from tests.api.house import House
from tests.http.wire import Wire, serving


@pytest.fixture(scope="session")
def house(standing_app: House) -> House:
    return standing_app


@pytest.fixture(scope="session")
async def wire(house: House) -> AsyncIterator[Wire]:
    async with serving(house.app) as wire:
        yield wire
