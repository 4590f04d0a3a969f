from collections.abc import Awaitable, Callable

import pytest

from core.identity import Role
from tests.api.house import House, Site
from tests.pages.browser import Browser

SignedIn = Callable[[Site, Role], Awaitable[Browser]]


@pytest.fixture(scope="session")
def house(standing_app: House) -> House:
    return standing_app


@pytest.fixture
def anna(house: House) -> Site:
    return house.anna


@pytest.fixture
def boris(house: House) -> Site:
    return house.boris


@pytest.fixture
def visitor(anna: Site) -> Browser:
    return Browser(anna)


@pytest.fixture(scope="session")
def signed_in(house: House) -> SignedIn:
    """Each role of each site signs in once in the run: hashing passwords is slow on purpose."""
    kept: dict[tuple[str, Role], Browser] = {}

    async def open_browser(site: Site, role: Role) -> Browser:
        key = (site.tenant.slug, role)
        if key not in kept:
            kept[key] = await Browser(site).sign_in(role)
        fresh = Browser(site)
        fresh.client.cookies = kept[key].client.cookies
        return fresh

    return open_browser


@pytest.fixture
async def owner(signed_in: SignedIn, anna: Site) -> Browser:
    return await signed_in(anna, Role.OWNER)
