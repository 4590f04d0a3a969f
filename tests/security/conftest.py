from collections.abc import AsyncIterator

import pytest

from dev.services import ServiceAddresses
from tests.api.house import House, Site, serving_worker, standing_house
from tests.http.wire import Wire, serving
from tests.isolation.estate import Estate
from tests.isolation.routes import Belongings
from tests.security.rig import PROXIES, Rig, RiggedProvider


@pytest.fixture(scope="session")
def rig() -> Rig:
    return Rig()


@pytest.fixture(scope="session")
async def house(services: ServiceAddresses, rig: Rig) -> AsyncIterator[House]:
    async with standing_house(services, RiggedProvider(rig), is_local=False, trusted_proxies=PROXIES) as house:
        yield house


@pytest.fixture(scope="session")
async def second(house: House, rig: Rig) -> AsyncIterator[Site]:
    """Anna's site as another worker of the same deployment serves it."""
    async with serving_worker(house.settings, RiggedProvider(rig)) as (app, _):
        yield Site(tenant=house.anna.tenant, app=app, url=house.anna.url, sessions=house.anna.sessions)


@pytest.fixture
async def anna(house: House) -> Site:
    await house.anna.forgive()
    return house.anna


@pytest.fixture
async def boris(house: House) -> Site:
    await house.boris.forgive()
    return house.boris


@pytest.fixture(scope="session")
async def estate(house: House) -> Estate:
    return await Estate.of(house, house.anna)


@pytest.fixture(scope="module")
async def things(estate: Estate) -> Belongings:
    """For one file: the nasty inputs of another have changed theirs."""
    return await estate.belongings()


@pytest.fixture(scope="session")
async def wire(house: House) -> AsyncIterator[Wire]:
    async with serving(house.app) as wire:
        yield wire
