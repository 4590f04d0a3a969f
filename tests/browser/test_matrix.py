"""Somebody looks through the matrix: with and without scripts, wide and on a phone."""

from __future__ import annotations

import json
import re

from playwright.async_api import Page, expect

from tests.browser.conftest import Open, Way
from tests.browser.town import Town

SAME_PAGE = "window.is_same_page = true"
IS_SAME_PAGE = "window.is_same_page === true"
OPENED = "dialog[open] .question-title"
SHOWN = re.compile(r"\d+ of \d+ questions")
TOLD = re.compile(r"1 of \d+ known, 1 being learned")


async def test_a_senior_question_on_indexes_is_found_in_three_steps(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    await page.goto(town.anna.url)
    sheet = page.locator(".brief-sheets > li", has_text="Databases")
    await sheet.get_by_role("link", name="Senior").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Databases")
    assert page.url.endswith("/matrix/databases?grade=senior")
    if way.has_script:
        await page.locator("#q").press_sequentially("index")
        await page.wait_for_url("**q=index*")
    else:
        await page.fill("#q", "index")
        await page.press("#q", "Enter")
    await expect(page.locator(".found-count")).to_contain_text("found")
    link = page.locator(".q a", has_text="19 indexes")
    title, path = await link.inner_text(), str(await link.get_attribute("href"))
    await link.click()

    await page.wait_for_url(f"**{path}")
    await expect(page.locator(".question-title")).to_have_text(title)
    await expect(page.locator("#answer")).to_be_visible()
    await expect(page.locator(".expectation .prose")).to_be_hidden()
    await page.locator(".expectation summary").click()
    await expect(page.locator(".expectation .prose")).to_be_visible()
    await page.goto(f"{town.anna.url}{path}")
    await expect(page.get_by_role("heading", level=1)).to_have_text(title)


async def _at_the_sheet(town: Town, window: Open, query: str = "") -> Page:
    page = await window()
    await page.goto(f"{town.anna.url}/matrix/databases{query}")
    await page.wait_for_load_state("networkidle")
    await page.evaluate(SAME_PAGE)
    return page


async def test_a_question_opens_in_place_and_going_back_closes_it(town: Town, window: Open) -> None:
    page = await _at_the_sheet(town, window)
    link = page.locator(".q a").nth(3)
    path = str(await link.get_attribute("href"))
    await link.click()
    await expect(page.locator(OPENED)).to_be_focused()
    assert page.url.endswith(path)
    await expect(page.locator("#live")).to_contain_text("Question opened")

    await page.keyboard.press("Escape")
    await page.wait_for_url("**/matrix/databases")
    await expect(page.locator("dialog")).to_be_hidden()
    await expect(link).to_be_focused()
    await page.go_forward()
    await expect(page.locator(OPENED)).to_be_visible()
    await page.locator("dialog [rel=next]").click()
    await expect(page.locator("dialog [data-question]")).not_to_have_attribute("data-url", path)
    assert not page.url.endswith(path)
    await page.go_back()
    await expect(page.locator("dialog")).to_be_hidden()
    assert page.url.endswith("/matrix/databases")
    assert await page.evaluate(IS_SAME_PAGE)

    await link.click()
    await expect(page.locator(OPENED)).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Databases")


async def test_filters_and_views_change_in_place_and_the_address_says_so(town: Town, window: Open) -> None:
    page = await _at_the_sheet(town, window)
    await page.locator(".pick input[value=senior]").check()
    await page.wait_for_url("**/matrix/databases?grade=senior")
    await expect(page.locator("thead th")).to_have_count(2)
    await expect(page.locator("#live")).to_have_text(SHOWN)
    count = await page.locator(".q").count()
    await page.locator("#view-list").click()
    await page.wait_for_url("**?view=list&grade=senior")
    await expect(page.locator("#view-list")).to_be_focused()
    await expect(page.locator(".line")).to_have_count(count)
    await page.locator("#q").press_sequentially("index")
    await page.wait_for_url("**&q=index*")
    await expect(page.locator("#q")).to_be_focused()
    assert await page.evaluate(IS_SAME_PAGE)

    await page.go_back()
    await page.wait_for_url("**?view=list&grade=senior")
    await expect(page.locator(".line")).to_have_count(count)
    await expect(page.locator(".pick input[value=senior]")).to_be_checked()


async def test_a_hint_shows_itself_to_keyboard_and_pointer_and_goes_with_escape(town: Town, window: Open) -> None:
    page = await _at_the_sheet(town, window)
    question = page.locator(".q:has(.hint)").first
    hint = question.locator(".hint")
    await question.locator("a").hover()
    await expect(hint).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(hint).to_be_hidden()
    await page.locator("h1").hover()
    await question.locator("a").focus()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Tab")
    await expect(hint).to_be_visible()
    await page.keyboard.press("Tab")
    await expect(hint).to_be_hidden()


async def test_a_hint_opens_by_touch_without_a_script(town: Town, window: Open) -> None:
    page = await window(Way(has_script=False, width=390))
    await page.goto(f"{town.anna.url}/matrix/databases")
    question = page.locator(".q:has(.hint)").first
    await question.locator(".hint-key").click()
    await expect(question.locator(".hint")).to_be_visible()
    await page.locator("h1").click()
    await expect(question.locator(".hint")).to_be_hidden()
    await expect(page.locator("[data-progress]")).to_be_hidden()


async def test_progress_stays_in_the_browser_and_goes_by_a_link(town: Town, window: Open) -> None:
    page = await _at_the_sheet(town, window, "?view=list")
    for place, kind in ((0, "1"), (1, "2"), (2, "3")):
        await page.locator(".q a").nth(place).click()
        await page.locator(f"[data-mark-as='{kind}']").click()
        await expect(page.locator(f"[data-mark-as='{kind}']")).to_have_attribute("aria-pressed", "true")
        await page.keyboard.press("Escape")
        await expect(page.locator("dialog")).to_be_hidden()
    await expect(page.locator("[data-told]")).to_have_text(TOLD)
    assert await page.locator("li[data-is]").evaluate_all("all => all.map((one) => one.dataset.is)") == [
        *("known", "learning", "skip")
    ]
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await page.locator(".progress-more summary").click()
    await page.locator("[data-deed=share]").click()
    await expect(page.locator("#live")).to_have_text("The link is copied")
    shared = str(await page.evaluate("navigator.clipboard.readText()"))

    other = await window()
    await other.goto(shared)
    await expect(other.locator("[data-theirs]")).to_be_visible()
    await expect(other.locator("[data-told]")).to_have_text(TOLD)
    assert await other.evaluate("localStorage.getItem('matrix')") is None
    await other.locator("[data-deed=take]").click()
    await expect(other.locator("[data-theirs]")).to_be_hidden()
    assert other.url.endswith("/matrix/databases")
    await other.locator(".progress-more summary").click()
    async with other.expect_download() as saved:
        await other.locator("[data-deed=export]").click()
    exported = json.loads((await (await saved.value).path()).read_text(encoding="utf-8"))
    assert sorted(*(marks.values() for marks in exported["sheets"].values())) == ["known", "learning", "skip"]
    await other.locator("[data-deed=clear]").click()
    await expect(other.locator("[data-told]")).to_be_hidden()
    await other.locator("[data-deed=clear]").click()
    await expect(other.locator("[data-told]")).to_be_visible()


async def test_a_damaged_link_shows_ones_own_progress(town: Town, window: Open) -> None:
    page = await window()
    for fragment in ("#progress=%%%", "#progress=AQ", "#progress=AQAB", "#progress="):
        await page.goto(f"{town.anna.url}/matrix/databases{fragment}")
        await page.reload()
        await expect(page.locator("[data-progress]")).to_be_visible()
        await expect(page.locator("[data-theirs]")).to_be_hidden()


async def test_an_interview_hides_its_answers(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    await page.goto(f"{town.anna.url}/matrix/databases/interview")
    await page.locator(".pick", has_text="Senior").click()
    await page.get_by_role("button", name="Ask me").click()
    await expect(page.locator(".crumb")).to_contain_text("question 1 of")
    await expect(page.locator("#answer")).to_be_hidden()
    await page.get_by_text("Show the answer").click()
    await expect(page.locator("#answer")).to_be_visible()
    await page.get_by_role("link", name="Next question").click()
    await expect(page.locator(".crumb")).to_contain_text("question 2 of")
    await expect(page.locator("#answer")).to_be_hidden()
