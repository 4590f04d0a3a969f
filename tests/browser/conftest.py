"""A Chromium, a town, and windows that remember what the browser complained of."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Response, StorageState, async_playwright

from dev import chromium as installed
from dev.services import ServiceAddresses
from tests.browser.town import Home, Town, standing_town

POPUPS = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup")
"""Each window would load two pages of an address bar that nobody sees, in processes of their own."""
OFF = (
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off: of several lists Chromium takes the last."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    f"--disable-features={','.join(OFF + POPUPS)}",
)
HERE = Path(__file__).parent
THE_ONE_THAT_SAYS_SO = "test_a_chromium_is_here"
PATIENCE_MS = 10_000
SAID_BY_HTMX = re.compile(r"Response Status Error Code 4\d\d from ([^,]+)")
Theme = Literal["dark", "light"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How somebody looks at a site."""

    has_script: bool = True
    width: int = 1280
    theme: Theme = "dark"


WAYS = {
    "script-wide": Way(),
    "script-phone": Way(width=390, theme="light"),
    "plain-wide": Way(has_script=False, theme="light"),
    "plain-phone": Way(has_script=False, width=390),
}
SOME_WAYS = {name: WAYS[name] for name in ("script-wide", "plain-phone")}
Open = Callable[..., Awaitable[Page]]
Tour = Callable[..., Awaitable[Page]]


def chromium_program() -> str | None:
    return os.environ.get("TERRACE_TEST_CHROMIUM") or installed.on_path()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without a Chromium one test says so and fails; the others would only say it again."""
    if chromium_program() is not None:
        return
    silent = [item for item in items if HERE in item.path.parents and item.name != THE_ONE_THAT_SAYS_SO]
    items[:] = [item for item in items if item not in silent]
    config.hook.pytest_deselected(items=silent)


@pytest.fixture(scope="session")
async def town(services: ServiceAddresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    async with standing_town(services, tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_program(), args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(params=list(WAYS.values()), ids=list(WAYS))
def way(request: pytest.FixtureRequest) -> Way:
    way: Way = request.param
    return way


async def new_page(chromium: Browser, way: Way, state: StorageState | None, lang: str) -> Page:
    context = await chromium.new_context(
        viewport={"width": way.width, "height": 900},
        color_scheme=way.theme,
        java_script_enabled=way.has_script,
        storage_state=state,
        locale=lang,
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(PATIENCE_MS)
    return await context.new_page()


@pytest.fixture
async def window(chromium: Browser) -> AsyncIterator[Open]:
    """Open a window of one's own, signed in with *state*; after the test no window may have complained."""
    watches: list[Watch] = []

    async def open_window(way: Way | None = None, *, state: StorageState | None = None, lang: str = "en") -> Page:
        page = await new_page(chromium, way or Way(), state, lang)
        watches.append(Watch(page))
        return page

    yield open_window
    for watch in watches:
        await watch.page.context.close()
    complaints = [complaint for watch in watches for complaint in watch.complaints()]
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
async def tours(chromium: Browser) -> AsyncIterator[dict[str, Watch]]:
    """By name, the windows of those who go from page to page and only look: a new one each time would have to
    fetch and read anew what all pages share."""
    watches: dict[str, Watch] = {}
    yield watches
    for watch in watches.values():
        await watch.page.context.close()
    complaints = [complaint for watch in watches.values() for complaint in watch.complaints()]
    assert not complaints, "\n".join(complaints)


@pytest.fixture
async def tour(chromium: Browser, tours: dict[str, Watch]) -> AsyncIterator[Tour]:
    """Go on in the window of that name, as it was when it was opened; after the test it may not have complained."""
    used: list[Watch] = []

    async def go_on(name: str, *, state: StorageState | None = None, lang: str = "en") -> Page:
        if name not in tours:
            tours[name] = Watch(await new_page(chromium, Way(), state, lang))
        used.append(tours[name])
        page = tours[name].page
        await page.emulate_media(color_scheme=Way().theme)
        await page.set_viewport_size({"width": Way().width, "height": 900})
        return page

    yield go_on
    for watch in used:
        await watch.page.evaluate("null")  # its answer follows whatever the page has said
    complaints = [complaint for watch in used for complaint in watch.complaints()]
    for watch in used:
        watch.told.clear()
    assert not complaints, "\n".join(complaints)


class Watch:
    """Notes errors of scripts, of the CSP, and files that are not there; an answer that refuses on purpose is none."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.told: list[tuple[str, str]] = []
        self.refused: set[str] = set()
        page.on("response", self._answered)
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.told.append((page.url, str(error))))

    def complaints(self) -> list[str]:
        """The console may hear of an answer before we do: asked at the end."""
        return [f"{where}: {what}" for where, what in self.told if not self._is_of_a_refusal(where, what)]

    def _is_of_a_refusal(self, where: str, what: str) -> bool:
        said = SAID_BY_HTMX.match(what)
        return (urljoin(self.page.url, said[1]) if said else where) in self.refused

    def _answered(self, response: Response) -> None:
        is_page = response.request.is_navigation_request() or "hx-request" in response.request.headers
        if is_page and 400 <= response.status < 500:
            self.refused.add(response.url)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.told.append((message.location.get("url", self.page.url), message.text))


async def sign_in(page: Page, home: Home, *, password: str | None = None) -> None:
    await page.goto(f"{home.url}/login")
    await page.fill("[name=email]", home.email)
    await page.fill("[name=password]", password or home.password)
    await page.click("main button[type=submit]")


async def _signed_in(chromium: Browser, home: Home) -> StorageState:
    context = await chromium.new_context()
    page = await context.new_page()
    await sign_in(page, home)
    await page.wait_for_url("**/admin")
    state = await context.storage_state()
    await context.close()
    return state


@pytest.fixture(scope="session")
async def annas_key(chromium: Browser, town: Town) -> StorageState:
    """What Anna's browser keeps after she has signed in."""
    return await _signed_in(chromium, town.anna)


@pytest.fixture(scope="session")
async def boris_key(chromium: Browser, town: Town) -> StorageState:
    return await _signed_in(chromium, town.boris)
