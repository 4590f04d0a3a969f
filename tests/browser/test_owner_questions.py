"""The owner writes questions of her matrix."""

from __future__ import annotations

from playwright.async_api import Page, StorageState, expect

from tests.browser.conftest import Open
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


async def test_each_text_has_its_own_buttons_keys_and_paste(
    town: Town, window: Open, annas_key: StorageState
) -> None:
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
    await page.route("**/admin/matrix/questions/*", lambda route: route.abort())
    await page.locator(ANSWER).fill("Words without a net.")
    await expect(page.locator(STATE)).to_contain_text("your text is kept in this browser")
    page.once("dialog", lambda dialog: dialog.accept())
    await page.unroute("**/admin/matrix/questions/*")
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
