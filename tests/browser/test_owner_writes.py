"""The owner writes: a post with a picture, from the first word to the trash and back."""

from __future__ import annotations

import re
from base64 import b64encode

import pytest
from playwright.async_api import FilePayload, Page, StorageState, expect

from tests.api.pictures import png
from tests.browser.conftest import SOME_WAYS, WAYS, Open, Way
from tests.browser.town import Home, Town

WRITING = ("script-wide", "script-phone", "plain-phone")
SOME = pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
HAND_OVER = """
([kind, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: "image/png" }));
  const given = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  document.getElementById("f-body").dispatchEvent(given);
}
"""


PASTE_HTML = """
([html, plain]) => {
  const carried = new DataTransfer();
  carried.setData("text/html", html);
  carried.setData("text/plain", plain);
  const given = new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true });
  document.getElementById("f-body").dispatchEvent(given);
}
"""


def picture(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": png(320, 200)}


async def write(page: Page, home: Home, title: str, body: str) -> None:
    await page.goto(f"{home.url}/admin/blog/new")
    await page.get_by_label("Title", exact=True).fill(title)
    await page.get_by_label("Text in Markdown").fill(body)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def hand_over(page: Page, kind: str, name: str) -> None:
    await page.evaluate(HAND_OVER, [kind, name, b64encode(png(320, 200)).decode()])
    await expect(page.locator("#upload-state")).to_have_text(f"{name} is in the text.")


async def put_pictures(page: Page) -> None:
    """The three ways of somebody who has scripts: drop, paste, pick."""
    await page.get_by_label("Text in Markdown").focus()
    await page.keyboard.press("Control+End")
    await hand_over(page, "drop", "dropped.png")
    await hand_over(page, "paste", "pasted.png")
    await page.get_by_role("button", name="Picture", exact=True).click()
    sheet = page.get_by_role("dialog")
    await sheet.get_by_label("New picture").set_input_files(picture("picked.png"))
    await sheet.get_by_label("What it shows").fill("A plain colour")
    await sheet.get_by_role("button", name="Upload and insert").click()
    await expect(sheet).to_be_hidden()
    await expect(page.locator("#preview img")).to_have_count(3)


async def upload_by_form(page: Page, home: Home) -> str:
    """The way without scripts: the picture first, and then what the desk says to write for it."""
    await page.goto(f"{home.url}/admin/media")
    await page.get_by_label("Drop a picture here, or choose one").set_input_files(picture("by-form.png"))
    await page.get_by_label("What it shows").fill("A plain colour")
    await press(page, "Upload")
    await page.locator(".shot a").first.click()
    return await page.locator(".facts code").first.inner_text()


async def status_of(page: Page, url: str) -> int:
    answer = await page.goto(url)
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("way", [WAYS[name] for name in WRITING], ids=WRITING)
async def test_a_post_with_a_picture_from_first_word_to_trash(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    anna = town.anna
    page, visitor = await window(way, state=annas_key), await window(way)
    slug = f"tide-{'script' if way.has_script else 'plain'}-{way.width}"
    body = "## At six\n\nThe water is *low*.\n\n"
    if not way.has_script:
        body += await upload_by_form(page, anna)
    await write(page, anna, slug.replace("-", " ").capitalize(), body)
    if way.has_script:
        await put_pictures(page)
        await expect(page.locator("#preview h2")).to_have_text("At six")
    await press(page, "Save")
    await expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert await status_of(visitor, f"{anna.url}/blog/{slug}") == 404

    edit = page.url
    await page.get_by_role("link", name="Preview", exact=True).click()
    await expect(page.locator(".prose h2")).to_have_text("At six")
    await press(page, "Publish")
    await expect(page.get_by_text("Published.", exact=True)).to_be_visible()
    assert page.url == edit

    assert await status_of(visitor, f"{town.boris.url}/blog/{slug}") == 404
    assert await status_of(visitor, f"{anna.url}/blog/{slug}") == 200
    shown = visitor.locator(".prose img")
    await expect(shown).to_have_count(3 if way.has_script else 1)
    await shown.last.scroll_into_view_if_needed()
    assert await shown.last.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0

    await change_and_withdraw(page, visitor, f"{anna.url}/blog/{slug}")
    await throw_away_and_take_back(page, anna)


async def change_and_withdraw(page: Page, visitor: Page, public: str) -> None:
    await page.get_by_label("Title", exact=True).fill("Low water")
    await press(page, "Save and update")
    await expect(page.locator("#save-state")).to_contain_text("Saved at")
    await visitor.goto(public)
    await expect(visitor.get_by_role("heading", level=1)).to_have_text("Low water")
    await press(page, "Withdraw from the site")
    await expect(page.get_by_text("Withdrawn: only the desk sees it now.")).to_be_visible()
    assert await status_of(visitor, public) == 404


async def throw_away_and_take_back(page: Page, home: Home) -> None:
    await press(page, "Move to the trash")
    await expect(page.get_by_text("Moved to the trash.")).to_be_visible()
    await press(page, "Undo")
    await expect(page.get_by_text("Taken back from the trash.")).to_be_visible()
    await press(page, "Move to the trash")
    await page.goto(f"{home.url}/admin/trash")
    await page.get_by_role("button", name="Restore “Low water”").first.click()
    await expect(page.get_by_label("Title", exact=True)).to_have_value("Low water")
    await press(page, "Move to the trash")
    await expect(page.get_by_text("Moved to the trash.")).to_be_visible()


@SOME
async def test_two_editors_see_both_texts_and_merge(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    mine, other = await window(way, state=annas_key), await window(way, state=annas_key)
    await write(mine, town.anna, "Two hands", "Begun by one.")
    await press(mine, "Save")
    await expect(mine.locator("#save-state")).to_contain_text("Saved at")
    await other.goto(mine.url)
    await other.get_by_label("Text in Markdown").fill("Begun by one. Ended by the other.")
    await press(other, "Save")
    await expect(other.locator("#save-state")).to_contain_text("Saved at")

    await mine.get_by_label("Text in Markdown").fill("Begun by one, and better.")
    async with mine.expect_navigation() as leaving:
        await press(mine, "Save")
    answer = await leaving.value
    assert answer is not None
    assert answer.status == 409
    await expect(mine.locator("#f-body")).to_have_value("Begun by one, and better.")
    await expect(mine.locator("#theirs-body")).to_have_value("Begun by one. Ended by the other.")
    await mine.locator("#f-body").fill("Begun by one, and better. Ended by the other.")
    await press(mine, "Save mine")
    await expect(mine.get_by_label("Text in Markdown")).to_have_value("Begun by one, and better. Ended by the other.")


async def test_a_draft_saves_itself_and_tells_of_the_other_editor(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    page, other = await window(state=annas_key), await window(state=annas_key)
    await write(page, town.anna, "By itself", "First words.")
    await expect(page.locator("#save-state")).to_contain_text("Saved at")
    assert page.url.endswith("/edit")
    await other.goto(page.url)
    await other.get_by_label("Text in Markdown").fill("Other words.")
    await expect(other.locator("#save-state")).to_have_attribute("data-saved", "true")
    await expect(other.locator("#save-state")).to_contain_text("Saved at")
    await page.get_by_label("Text in Markdown").fill("More words.")
    await expect(page.locator("#save-state")).to_contain_text("Press “Save” to see both texts.")


@SOME
async def test_a_time_is_chosen_by_the_clock_of_the_site(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    page = await window(way, state=annas_key)
    await write(page, town.anna, "In spring", "When clocks go forward.")
    await schedule(page, "2027-03-28T02:30")
    await expect(page.locator("#f-publish_at-error")).to_contain_text("go forward from 02:00 to 03:00")
    await schedule(page, "2027-03-28T03:30")
    await expect(page.get_by_text("Scheduled: nobody sees it before its time.")).to_be_visible()
    await expect(page.locator(".editor-state time")).to_have_attribute("datetime", "2027-03-28T03:30:00+02:00")
    await schedule(page, "2027-10-31T02:30")
    await expect(page.get_by_text("The clock shows this time twice that night")).to_be_visible()
    await press(page, "Withdraw from the site")
    await expect(page.locator(".editor-state .status-draft")).to_be_visible()


async def schedule(page: Page, at: str) -> None:
    if not await page.locator("#later[open]").count():
        await page.locator("#later summary").click()
    await page.get_by_label("Date and time").fill(at)
    await page.locator("#later button[value=schedule]").click()


@SOME
async def test_a_public_text_is_worked_on_aside(town: Town, window: Open, way: Way, annas_key: StorageState) -> None:
    page, visitor = await window(way, state=annas_key), await window(way)
    slug = f"aside-{'script' if way.has_script else 'plain'}"
    await write(page, town.anna, slug, "As readers see it.")
    await press(page, "Publish")
    await page.get_by_label("Text in Markdown").fill("As they will.")
    if not way.has_script:
        await press(page, "Keep aside")
    await expect(page.locator("#save-state")).to_contain_text("readers see nothing of it")
    await page.goto(page.url)
    await expect(page.get_by_label("Text in Markdown")).to_have_value("As they will.")
    await visitor.goto(f"{town.anna.url}/blog/{slug}")
    await expect(visitor.locator(".prose")).to_have_text("As readers see it.")
    await press(page, "Discard them")
    await expect(page.get_by_label("Text in Markdown")).to_have_value("As readers see it.")
    await press(page, "Move to the trash")  # visitors of the other tests count posts
    await expect(page.get_by_text("Moved to the trash.")).to_be_visible()


async def test_what_a_text_lacks_leads_to_its_place(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await write(page, town.anna, "", "One.\n\n[[post:never-written]]\n\nThree.")
    await page.get_by_role("link", name="never-written").click()
    chosen = "() => { const t = document.activeElement; return t.value.slice(t.selectionStart, t.selectionEnd); }"
    assert await page.evaluate(chosen) == "[[post:never-written]]"
    await page.get_by_role("link", name="A post needs a title").click()
    await expect(page.get_by_label("Title", exact=True)).to_be_focused()
    await page.get_by_role("link", name="Without a summary").click()
    await expect(page.get_by_label("Summary", exact=True)).to_be_focused()


async def test_links_are_completed_by_keys(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await page.goto(f"{town.anna.url}/admin/blog/new")
    text = page.get_by_label("Text in Markdown")
    await text.press_sequentially("See [[percentiles")
    await expect(page.locator("#link-options").get_by_role("option")).to_have_count(1)
    await page.keyboard.press("Enter")
    await expect(text).to_have_value("See [[post:percentiles-lie]]")
    await page.keyboard.press("Control+z")
    await expect(text).to_have_value("See [[percentiles")
    await text.press_sequentially("zzz")
    await expect(page.locator("#link-options").get_by_role("option")).to_have_count(0)
    await page.keyboard.press("Tab")
    await expect(text).not_to_be_focused()


async def test_copied_html_comes_as_markdown_and_undo_takes_it_back(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    page = await window(state=annas_key)
    await page.goto(f"{town.anna.url}/admin/blog/new")
    text = page.get_by_label("Text in Markdown")
    await text.press_sequentially("Kept. ")
    await page.evaluate(
        PASTE_HTML, ["<p>A <b>word</b> and <a href='https://example.org/'>more</a></p>", "A word and more"]
    )
    await expect(text).to_have_value("Kept. A **word** and [more](https://example.org/)")
    await page.keyboard.press("Control+z")
    await expect(text).to_have_value("Kept. ")
    await page.evaluate(PASTE_HTML, ["<b></b>", "Only words"])
    await expect(text).to_have_value("Kept. Only words")


async def test_what_a_dropped_picture_shows_is_asked(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await page.goto(f"{town.anna.url}/admin/blog/new")
    await hand_over(page, "drop", "boat.png")
    await expect(page.get_by_label("Text in Markdown")).to_have_value(re.compile(r"!\[\]\(/media/"))
    async with page.expect_response("**/admin/media/*") as describing:
        await page.get_by_label("boat.png: what does it show?").fill("A boat [red]")
        await page.keyboard.press("Enter")
    await expect(page.get_by_label("Text in Markdown")).to_have_value(re.compile(r"!\[A boat \\\[red\\\]\]\(/media/"))
    await expect(page.locator("#asking")).to_be_hidden()
    assert (await describing.value).status == 303
    await page.goto(f"{town.anna.url}/admin/media")
    await expect(page.locator(".shot").first.locator("img")).to_have_attribute("alt", "A boat [red]")


async def test_what_was_typed_is_never_lost(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await page.goto(f"{town.anna.url}/admin/blog/new")
    await page.get_by_label("Text in Markdown").fill("Words without a title are kept in this browser.")
    page.on("dialog", lambda dialog: dialog.accept())
    await page.goto(f"{town.anna.url}/admin")
    await page.goto(f"{town.anna.url}/admin/blog/new")
    await page.get_by_role("button", name="Take it").click()
    await expect(page.get_by_label("Text in Markdown")).to_have_value("Words without a title are kept in this browser.")


async def test_keys_of_the_desk(town: Town, window: Open, annas_key: StorageState) -> None:
    page = await window(state=annas_key)
    await at_the_list(page, town)
    await page.keyboard.press("?")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()  # it closes after the key, and gives the focus back
    await page.keyboard.press("/")
    await expect(page.locator("#q")).to_be_focused()
    await page.locator("#q").press_sequentially("zzyzx")
    await expect(page.get_by_text("No post matches this search.")).to_be_visible()
    await at_the_list(page, town)
    await page.keyboard.press("e")
    await expect(page.get_by_label("Text in Markdown")).to_be_visible()
    await at_the_list(page, town)
    await page.keyboard.press("n")
    await page.wait_for_url("**/admin/blog/new")


async def at_the_list(page: Page, town: Town) -> None:
    await page.goto(f"{town.anna.url}/admin/blog")
    await page.wait_for_load_state("networkidle")  # hyperscript fetches its behaviours after the page
