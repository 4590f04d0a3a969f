"""The owner writes questions of her matrix."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from playwright.async_api import Locator, Page, StorageState, expect

from tests.browser.conftest import SOME_WAYS, Open, Way
from tests.browser.town import Town

PASTE = """
([id, html, plain]) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", plain);
  const given = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  document.getElementById(id).dispatchEvent(given);
}
"""
ANSWER, EXPECTED = "#f-answer", "#f-expectation"
STATE = "#save-state"


async def begin(page: Page, town: Town, asked: str) -> None:
    await page.goto(f"{town.anna.url}/admin/matrix/questions/new")
    await page.locator("#f-question").fill(asked)
    await page.locator("#f-subsection_id").select_option(index=1)


async def throw_away(page: Page) -> None:
    """Visitors of other tests count questions."""
    await page.get_by_role("button", name="Move to the trash").click()
    await expect(page.get_by_text("Moved to the trash.")).to_be_visible()


async def test_each_text_has_its_own_buttons_keys_and_paste(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await begin(page, town, "")
    answer, expected = page.locator(ANSWER), page.locator(EXPECTED)
    await answer.fill("strong")
    await answer.press("Control+a")
    await answer.press("Control+b")
    await expect(answer).to_have_value("**strong**")
    bold = page.get_by_role("toolbar", name="What an interviewer expects").get_by_role("button", name="Bold")
    await expected.fill("words")
    await expected.press("Control+a")
    await bold.click()
    await expect(expected).to_have_value("**words**")
    await expect(answer).to_have_value("**strong**")
    await expect(page.locator("#preview strong")).to_have_count(2)
    await page.evaluate(PASTE, [EXPECTED[1:], "<p>A <em>copy</em></p>", "A copy"])
    await expect(expected).to_have_value("**A *copy***")
    await answer.press("Control+End")
    await answer.press_sequentially(" [[percentiles")
    await expect(page.locator("#link-options").get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(answer).to_have_value("**strong** [[post:percentiles-lie]]")


async def test_a_question_saves_itself_and_offers_what_was_never_saved(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    page = await window(state=annas_key)
    await begin(page, town, "What does a browser keep?")
    await page.locator(ANSWER).fill("First words.")
    await expect(page.locator(STATE)).to_contain_text("Kept aside")
    assert page.url.endswith("/edit")
    await page.locator("#f-hint").fill("A push.")
    await expect(page.locator(STATE)).to_contain_text("Kept aside")
    await page.locator(ANSWER).press("Control+s")
    await expect(page.locator(STATE)).to_contain_text("Saved at")
    page.once("dialog", lambda dialog: dialog.accept())
    await page.locator(ANSWER).fill("Words without a net.")
    await page.goto(page.url)
    await page.get_by_role("button", name="Take it").click()
    await expect(page.locator(ANSWER)).to_have_value("Words without a net.")
    await expect(page.locator("#f-hint")).to_have_value("A push.")
    await expect(page.locator(STATE)).to_contain_text("Kept aside")
    await throw_away(page)


async def test_resources_are_attached_while_typing(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await begin(page, town, "")
    await page.get_by_text("Worth reading", exact=True).click()
    search = page.get_by_label("Search the library")
    await search.press_sequentially("postgres")
    first = page.locator("#library li").first
    await expect(page.locator("#library")).to_contain_text("postgres", ignore_case=True)
    name = await first.locator(".link-title").inner_text()
    await first.get_by_role("button").click()
    await expect(page.locator(".attached-name")).to_contain_text(name)
    await expect(page.get_by_label("Resource 1: why")).to_be_focused()
    await page.get_by_label("Resource 1: why").fill("Short.")
    page.once("dialog", lambda dialog: dialog.accept())
    await page.goto(f"{town.anna.url}/admin/matrix/questions/new")
    await page.get_by_role("button", name="Take it").click()
    await page.get_by_text("Worth reading", exact=True).click()
    await expect(page.locator(".attached-name")).to_contain_text(name)
    await expect(page.get_by_label("Resource 1: why")).to_have_value("Short.")


TOPICS = {True: "Quokka", False: "Wombat"}
CELL = ".keep-cell"


def ten(way: Way) -> list[str]:
    return [f"{TOPICS[way.has_script]} {number}?" for number in range(10)]


async def first_empty_cell(page: Page, town: Town) -> tuple[str, str]:
    """The id of a cell in which nothing stands, and its sheet."""
    await page.goto(f"{town.anna.url}/admin/matrix/sheets/databases")
    cell = page.locator(f"{CELL}:not(:has(.keep-q))").first
    return await cell.get_attribute("id") or "", page.url.partition("?")[0]


async def shown_order(page: Page, url: str, cell: str) -> list[str]:
    await page.goto(url)
    return [" ".join(name.split()) for name in await page.locator(f"#{cell} .keep-q [data-edit]").all_inner_texts()]


async def publish(page: Page, town: Town, cell: str, names: Sequence[str]) -> None:
    _, place, grade = cell.split("-", 2)
    for name in names:
        await page.goto(f"{town.anna.url}/admin/matrix/questions/new?subsection_id={place}&grade={grade}")
        await page.locator("#f-question").fill(name)
        await page.locator(ANSWER).fill(f"**{name}**")
        await page.locator(EXPECTED).fill("That.")
        await page.get_by_role("button", name="Publish", exact=True).click()
        await expect(page.get_by_text("Published.", exact=True)).to_be_visible()


async def turn_around(page: Page, url: str, cell: str, way: Way) -> None:
    """The last to the top, and the first to the end: by keys and by dragging, or by numbers."""
    names = ten(way)
    await page.goto(url)
    await page.locator(f"#{cell} .keep-tools a[href*='/order']").click()
    rows = page.locator("[data-place]")
    if not way.has_script:
        await rows.last.locator(".step-number").fill("0")
        await rows.first.locator(".step-number").fill("99")
        await page.get_by_role("button", name="Order by the numbers").click()
        await expect(rows.first).to_contain_text(names[-1])
        return
    await rows.last.locator("[data-edit]").focus()
    for _ in names[1:]:
        await page.keyboard.press("Alt+ArrowUp")
    await expect(page.get_by_text("The new order is kept.")).to_be_visible()
    await expect(page.get_by_role("link", name=names[-1], exact=True)).to_be_visible()
    await drag(page, rows.nth(1).locator("[data-grip]"), rows.last)
    await expect(rows.last).to_contain_text(names[0])


async def drag(page: Page, grip: Locator, onto: Locator) -> None:
    await grip.scroll_into_view_if_needed()
    start, end = await grip.bounding_box(), await onto.bounding_box()
    assert start is not None
    assert end is not None
    await page.mouse.move(start["x"] + 5, start["y"] + 5)
    await page.mouse.down()
    await page.mouse.move(end["x"] + 20, end["y"] + end["height"] - 2, steps=6)
    async with page.expect_response(re.compile("/admin/matrix/sheets/")):
        await page.mouse.up()


async def put_elsewhere(page: Page, url: str, cell: str, way: Way) -> None:
    """One of them goes into the cell beside, and comes back."""
    name = ten(way)[5]
    await page.goto(url)
    row = page.locator(f"#{cell} .keep-q", has_text=name)
    link = row.get_by_role("link", name=f"Move “{name}” to another cell")
    if way.has_script:
        await row.locator("[data-edit]").focus()
        await page.keyboard.press("Alt+ArrowLeft" if cell.endswith("senior") else "Alt+ArrowRight")
        await expect(row).to_have_count(0)
        moved = page.locator(".keep-q", has_text=name)
        await expect(moved.locator("[data-edit]")).to_be_focused()
        await drag(page, moved.locator("[data-grip]"), page.locator(f"#{cell} .keep-list"))
    else:
        await link.click()
        await page.locator("#f-grade").select_option(index=1 if not cell.endswith("junior") else 2)
        await page.get_by_role("button", name="Move it").click()
        await expect(row).to_have_count(0)
        await page.get_by_role("link", name=f"Move “{name}” to another cell").click()
        await page.locator("#f-grade").select_option(cell.split("-", 2)[2])
        await page.get_by_role("button", name="Move it").click()
    await expect(row).to_have_count(1)


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_ten_questions_are_added_published_and_put_in_order(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    page = await window(way, state=annas_key)
    cell, url = await first_empty_cell(page, town)
    names = ten(way)
    await publish(page, town, cell, names)
    assert await shown_order(page, url, cell) == [f"Published: {name}" for name in names]

    await turn_around(page, url, cell, way)
    wanted = [names[-1], *names[1:-1], names[0]]
    assert await shown_order(page, url, cell) == [f"Published: {name}" for name in wanted]
    await put_elsewhere(page, url, cell, way)

    await page.goto(f"{town.anna.url}/admin/matrix/questions?q={TOPICS[way.has_script]}")
    for box in await page.locator("[data-pick]").all():
        await box.check()
    await page.locator("#deed").select_option("trash")
    await page.get_by_role("button", name="Do it").click()
    await expect(page.get_by_text("Moved to the trash: 10.")).to_be_visible()
