"""The owner puts the sheets of her matrix in order, by hand and by keyboard."""

from __future__ import annotations

from playwright.async_api import Page, StorageState

from tests.browser.conftest import Open
from tests.browser.town import Town

NAMES = ".places-list .place-name a"


async def names(page: Page) -> list[str]:
    return await page.locator(NAMES).all_inner_texts()


async def drag_last_to_the_top(page: Page) -> None:
    grip = await page.locator("[data-grip]").last.bounding_box()
    top = await page.locator("[data-place]").first.bounding_box()
    assert grip is not None
    assert top is not None
    await page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    await page.mouse.down()
    await page.mouse.move(top["x"] + 20, top["y"] + 2, steps=6)


async def test_sheets_are_dragged_and_moved_by_keyboard(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await page.goto(f"{town.anna.url}/admin/matrix/structure")
    before = await names(page)

    await drag_last_to_the_top(page)
    await page.keyboard.press("Escape")
    await page.mouse.up()
    assert await names(page) == before

    await drag_last_to_the_top(page)
    async with page.expect_navigation():
        await page.mouse.up()
    assert await names(page) == [before[-1], *before[:-1]]

    await page.locator(NAMES).first.focus()
    for _ in before[1:]:
        async with page.expect_navigation():
            await page.keyboard.press("Alt+ArrowDown")
    assert await names(page) == before
    await page.close()
