"""The owner changes how her site presents itself, and readers see it at once."""

import pytest
from playwright.async_api import Page, StorageState, expect

from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

ACCENT = "#7c3aed"


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_settings_show_at_once(town: Town, window: Open, way: Way, boris_key: StorageState) -> None:
    page, visitor = await window(way, state=boris_key, lang="ru"), await window(way, lang="ru")
    await visitor.goto(town.boris.url)
    before = {"title": "Борис Ветров", "accent": "#0f766e", "label": "Об авторе", "url": "/pages/about"}
    colour = await accent_of(visitor)
    await change(page, town, {"title": "Записки Бориса", "accent": ACCENT, "label": "О пакетах", "url": "/blog?q=tcp"})

    await visitor.goto(town.boris.url)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Записки Бориса")
    menu = visitor.get_by_role("navigation", name="Главное меню")
    await expect(menu.get_by_role("link", name="О пакетах")).to_have_attribute("href", "/blog?q=tcp")
    assert await accent_of(visitor) != colour

    await change(page, town, before)
    await visitor.goto(town.boris.url)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Борис Ветров")
    await expect(menu.get_by_role("link")).to_have_text(["Блог", "Матрица", "Об авторе", "Написать"])
    assert await accent_of(visitor) == colour


async def change(page: Page, town: Town, wanted: dict[str, str]) -> None:
    await page.goto(f"{town.boris.url}/admin/settings")
    await page.get_by_label("Название сайта").fill(wanted["title"])
    await page.locator("#f-accent").fill(wanted["accent"])
    await page.locator("[name=menu-2-label]").fill(wanted["label"])
    await page.locator("[name=menu-2-url]").fill(wanted["url"])
    await page.get_by_role("button", name="Сохранить").click()
    await expect(page.get_by_text("Сохранено.")).to_be_visible()
    await expect(page.get_by_label("Название сайта")).to_have_value(wanted["title"])


async def accent_of(page: Page) -> str:
    colour: str = await page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--t-accent')")
    return colour


async def test_the_palette_follows_the_chosen_colour(town: Town, window: Open, boris_key: StorageState) -> None:
    page = await window(state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/settings")
    button = page.locator("#palette rect").nth(1)
    before = await button.get_attribute("fill")
    await page.locator("#f-accent").fill(ACCENT)
    await expect(button).not_to_have_attribute("fill", before or "")
