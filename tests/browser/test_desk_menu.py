"""The desk's sections, found on a phone and on a wide screen."""

from __future__ import annotations

import pytest
from playwright.async_api import StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

CUT = "all => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)"


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_each_section_is_one_or_two_steps_away(
    town: Town, window: Open, way: Way, boris_key: StorageState
) -> None:
    page = await window(way, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin")
    settings = page.locator(".rail").get_by_role("link", name="Настройки")
    if way.width < 800:
        await expect(settings).to_be_hidden()
        await page.locator(".rail").get_by_role("button", name="Ещё").click()
    assert await page.locator(".rail a:visible span:not(.visually-hidden)").evaluate_all(CUT) == []
    await settings.click()
    await page.wait_for_url("**/admin/settings")
    assert await page.locator(".rail [aria-current]").all_text_contents() == ["Настройки"]


async def test_what_waits_behind_more_is_clean_and_goes_with_escape(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    page = await window(Way(width=390), state=annas_key)
    await page.goto(f"{town.anna.url}/admin")
    await page.locator(".rail-key button").click()
    await expect(page.locator("#rail-rest")).to_be_visible()
    assert await looking.refused_by_axe(page) == []
    await page.keyboard.press("Escape")
    await expect(page.locator("#rail-rest")).to_be_hidden()
    await expect(page.locator(".rail-key button")).to_be_focused()
