"""The owner looks back: what a text was, taking it back, lending it early, and many texts at once."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.test_every_page import LANGUAGES, SITES, look_at
from tests.browser.town import Home, Town


@pytest.fixture(scope="session")
def sentences() -> re.Pattern[str]:
    return looking.english_sentences()


async def begin(page: Page, home: Home, title: str, body: str) -> str:
    """The address of a draft of two versions on the desk."""
    await page.goto(f"{home.url}/admin/blog/new")
    await page.locator("#f-title").fill(title)
    await page.locator("#f-body").fill("Some red words.\n\nAnother line.")
    await page.locator("button[name=intent][value=save]").first.click()
    await page.wait_for_url("**/edit")
    await page.locator("#f-body").fill(body)
    async with page.expect_navigation():
        await page.locator("button[name=intent][value=save]").first.click()
    return page.url.removesuffix("/edit")


@SITES
async def test_the_pages_of_a_texts_past(
    town: Town,
    window: Open,
    sentences: re.Pattern[str],
    annas_key: StorageState,
    boris_key: StorageState,
    slug: str,
) -> None:
    home = town.home(slug)
    page = await window(state=annas_key if slug == "anna" else boris_key, lang=LANGUAGES[slug])
    desk = await begin(page, home, "Память", "Some grey words.\n\nAnother line.\n\nSee [[post:nowhere]].")
    await page.goto(f"{desk}/previews")
    await page.locator(".preview-form button").click()
    paths = ("revisions", "revisions/1", "comparison?old=1", "previews")
    addresses = [f"{desk}/{path}" for path in paths]
    addresses += [
        f"{home.url}/admin/{path}" for path in ("blog/tags", "blog/check?drafts=yes", "pages", "blog?tag=none")
    ]
    for address in addresses:
        await page.goto(address)
        await look_at(page, slug, sentences)


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_an_earlier_text_is_taken_back(town: Town, window: Open, annas_key: StorageState, way: Way) -> None:
    page = await window(way, state=annas_key)
    desk = await begin(page, town.anna, "Colours", "Some grey words.\n\nAnother line.")
    await page.goto(f"{desk}/revisions")
    await page.get_by_role("button", name="Compare", exact=True).click()
    await expect(page.locator("#diff-body ~ .diff-text del")).to_contain_text("red")
    await expect(page.locator("#diff-body ~ .diff-text ins")).to_contain_text("grey")
    await page.get_by_role("button", name="Take the older text back").click()
    await expect(page.locator("#f-body")).to_have_value("Some red words.\n\nAnother line.")


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_several_drafts_are_published_at_once(
    town: Town, window: Open, annas_key: StorageState, way: Way
) -> None:
    page = await window(way, state=annas_key)
    for title in ("Zyzzyva one", "Zyzzyva two"):
        await begin(page, town.anna, title, "Words.")
    await page.goto(f"{town.anna.url}/admin/blog?q=zyzzyva&status=draft")
    await expect(page.locator("[data-pick]")).to_have_count(2)
    if way.has_script:
        await page.get_by_label("All on this page").check()
    else:
        for box in await page.locator("[data-pick]").all():
            await box.check()
    await page.get_by_label("With those chosen").select_option("publish")
    await page.get_by_role("button", name="Do it").click()
    await expect(page.locator(".notice")).to_contain_text("Published: 2.")
    await page.goto(f"{town.anna.url}/admin/blog?q=zyzzyva&status=published")
    for box in await page.locator("[data-pick]").all():
        await box.check()
    await page.get_by_label("With those chosen").select_option("trash")
    await page.get_by_role("button", name="Do it").click()
    await expect(page.locator(".notice")).to_contain_text("Moved to the trash: 2.")
