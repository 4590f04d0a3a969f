"""The owner brings texts of another site in, in a deployment whose runner works by itself."""

import asyncio
import os
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, StorageState, expect

from tests.api.imports import archive
from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

LONG_ENOUGH_MS = 30_000
SHOTS = os.environ.get("TERRACE_SHOTS", "")
"""A folder for pictures of each step, for whoever wants to look."""


@pytest.mark.parametrize("way", SOME_WAYS.items(), ids=SOME_WAYS.keys())
async def test_an_archive_is_looked_through_and_brought_in(
    town: Town, window: Open, way: tuple[str, Way], boris_key: StorageState
) -> None:
    name, how = way
    page = await window(how, state=boris_key, lang="ru")
    await page.goto(f"{town.boris.url}/admin/import")
    await look_at(page, how, f"{name}-upload")
    word = name.replace(" ", "-").lower()
    zipped = FilePayload(
        name="старый сайт.zip", mimeType="application/zip", buffer=archive(f"imp-{word}", f"two-{word}")
    )
    await page.locator("#f-archive").set_input_files(zipped)
    await page.get_by_role("button", name="Загрузить и просмотреть").click()
    await until(page, page.get_by_role("button", name="Перенести 2 текста"), how)
    await expect(page.locator(".import-totals dd")).to_have_text(["3", "2", "0", "1", "0"])
    await look_at(page, how, f"{name}-report")
    await page.get_by_role("button", name="Перенести 2 текста").click()
    await until(page, page.get_by_text("Для каждого элемента есть строка в отчёте."), how)
    await look_at(page, how, f"{name}-done")
    await page.get_by_role("link", name="Не переносится").click()
    await expect(page.locator(".report tbody tr")).to_have_count(1)
    visitor = await window(how, lang="ru")
    answer = await visitor.goto(f"{town.boris.url}/blog/imp-{word}")
    assert answer is not None
    assert answer.status == 200


async def until(page: Page, shown: Locator, how: Way) -> None:
    """With scripts the page looks again by itself; without, its reader does."""
    if how.has_script:
        await expect(shown).to_be_visible(timeout=LONG_ENOUGH_MS)
        return
    async with asyncio.timeout(LONG_ENOUGH_MS / 1000):
        while not await shown.count():
            await page.goto(page.url)


async def look_at(page: Page, how: Way, step: str) -> None:
    """Axe needs scripts; what it reads is the same without."""
    if not how.has_script:
        return
    troubles = await looking.shape(page) + await looking.refused_by_axe(page) + await looking.too_wide(page)
    assert not troubles, "\n".join(troubles)
    if SHOTS:
        for width in (1280, 390):
            for scheme in ("dark", "light"):
                await page.set_viewport_size({"width": width, "height": 900})
                await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                await page.screenshot(path=Path(SHOTS) / f"{step}-{width}-{scheme}.png", full_page=True)
        await page.set_viewport_size({"width": 1280, "height": 900})
