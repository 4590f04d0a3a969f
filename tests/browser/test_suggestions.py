"""A visitor proposes what is there already, then what is nearly there; the owner puts it aside."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

KNOWN = (
    "A table has 19 indexes and writing has become slow. How do you decide which to drop, and how do you do it safely?"
)
NEAR = "A table has {count} indexes and writing is slow. How do you decide which to drop, and how do you do it safely?"


@pytest.mark.parametrize(("way", "count"), [*zip(SOME_WAYS.values(), (17, 18), strict=True)], ids=SOME_WAYS.keys())
async def test_a_double_is_refused_and_what_is_alike_rejected(
    town: Town, window: Open, annas_key: StorageState, way: Way, count: int
) -> None:
    page = await window(way)
    await page.goto(f"{town.anna.url}/matrix/suggestions")
    await propose(page, KNOWN)
    await expect(page.locator(".field-error")).to_have_text("This question is in the matrix already.")
    await expect(page.locator(".alike a")).to_have_attribute("href", "/matrix/databases/index-portfolio-audit")
    await clean(page, way)

    near = NEAR.format(count=count)
    await propose(page, near)
    await expect(page.locator(".alike a").first).to_contain_text("19 indexes")
    await clean(page, way)
    await page.get_by_role("button", name="It is another one: send").click()
    await expect(page.locator(".notice")).to_contain_text("Thank you")

    desk = await window(way, state=annas_key)
    await desk.goto(f"{town.anna.url}/admin/matrix/suggestions")
    await desk.get_by_role("link", name=near).click()
    await expect(desk.get_by_role("link", name=KNOWN)).to_be_visible()
    await clean(desk, way)
    await desk.get_by_role("button", name="Reject").click()
    await desk.goto(f"{town.anna.url}/admin/matrix/suggestions")
    await expect(desk.get_by_role("link", name=near)).to_have_count(0)
    await desk.get_by_role("link", name="Rejected").click()
    await expect(desk.locator(".item", has_text=near)).to_contain_text("rejected by Anna Lindqvist")


async def propose(page: Page, question: str) -> None:
    """Whoever is faster than people are is asked to send it once more."""
    await page.fill("#f-question", question)
    await send(page)
    while await page.get_by_text("That was very quick").count():
        await send(page)


async def send(page: Page) -> None:
    """What is there after it is the answer, not the form that was sent."""
    async with page.expect_navigation():
        await page.locator("form.stack button").click()


async def clean(page: Page, way: Way) -> None:
    """Axe needs scripts; what it reads is the same without."""
    if way.has_script:
        assert await looking.refused_by_axe(page) == []
