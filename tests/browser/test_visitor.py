"""Somebody reads: home, list, search, post, tag; with and without scripts, wide and on a phone."""

import asyncio

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import Open, Way, chromium_program
from tests.browser.town import Town

DARK, LIGHT = "rgb(20, 22, 26)", "rgb(252, 251, 249)"
WATCH_FRAMES = """
window.frames_seen = new Promise((done) => {
  const colours = [];
  (function look() {
    if (document.body) colours.push(getComputedStyle(document.body).backgroundColor);
    if (colours.length < 20) requestAnimationFrame(look); else done(colours);
  })();
});
"""


def test_a_chromium_is_here() -> None:
    assert chromium_program(), "The browser tests need Chromium: put it on PATH or name it in TERRACE_TEST_CHROMIUM."


async def test_a_visitor_finds_a_post_and_what_is_like_it(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    await page.goto(town.anna.url)
    await page.get_by_role("link", name="All posts").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Blog")
    await _search(page, "generators", way)
    await expect(page.locator(".entry")).to_have_count(1)
    assert page.url.endswith("/blog?q=generators")

    await page.go_back()
    await expect(page.locator(".entry")).to_have_count(4)
    assert page.url.endswith("/blog")
    await page.go_forward()
    await expect(page.locator(".entry")).to_have_count(1)

    await page.get_by_role("link", name="Your percentiles are lying").click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("percentiles")
    await expect(page.locator(".prose .highlight").first).to_be_visible()
    await page.locator(".tags a").first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("Posts about")
    assert "/blog/tags/" in page.url


async def _search(page: Page, words: str, way: Way) -> None:
    """With scripts only the list is exchanged, the page around it stays."""
    if not way.has_script:
        await page.fill("#q", words)
        await page.press("#q", "Enter")
        return
    await page.evaluate("window.is_same_page = true")
    await page.locator("#q").press_sequentially(words)
    await page.wait_for_url("**/blog?q=*")
    await expect(page.locator("#live")).to_have_text("1 text found")
    assert await page.evaluate("window.is_same_page === true && document.activeElement.id === 'q'")


async def test_who_types_before_the_scripts_are_there_searches_too(town: Town, window: Open) -> None:
    page, typed = await window(), asyncio.Event()

    async def late(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await page.route("**/htmx.min*", late)
    await page.goto(f"{town.anna.url}/blog", wait_until="commit")
    await page.locator("#q").press_sequentially("generators")
    typed.set()
    await page.wait_for_url("**/blog?q=generators")
    await expect(page.locator(".entry")).to_have_count(1)


async def test_a_chosen_theme_stays_without_a_flash(town: Town, window: Open) -> None:
    page = await window(Way(theme="dark"))
    await page.goto(town.anna.url)
    await expect(page.locator("body")).to_have_css("background-color", DARK)
    await page.get_by_role("button", name="Switch to the light theme").click()
    await expect(page.locator("body")).to_have_css("background-color", LIGHT)
    await expect(page.locator(".theme-switch")).to_have_attribute("aria-label", "Switch to the dark theme")

    await page.add_init_script(WATCH_FRAMES)
    await page.goto(f"{town.anna.url}/blog")
    assert set(await page.evaluate("window.frames_seen")) == {LIGHT}


@pytest.mark.parametrize(("theme", "colour"), [("dark", DARK), ("light", LIGHT)])
async def test_without_a_choice_the_system_decides(town: Town, window: Open, theme: str, colour: str) -> None:
    page = await window(Way(theme="dark" if theme == "dark" else "light", has_script=False))
    await page.goto(town.boris.url)
    await expect(page.locator("body")).to_have_css("background-color", colour)
    await expect(page.locator(".theme-switch")).to_be_hidden()


async def test_a_slash_leads_to_the_search(town: Town, window: Open) -> None:
    page = await window()
    await page.goto(f"{town.anna.url}/blog")
    await page.wait_for_load_state("networkidle")  # hyperscript fetches its behaviours after the page
    await page.keyboard.press("/")
    await expect(page.locator("#q")).to_be_focused()
    await expect(page.locator("#q")).to_have_value("")
    await page.keyboard.type("a/b")
    await expect(page.locator("#q")).to_have_value("a/b")


async def test_j_and_k_lead_from_post_to_post(town: Town, window: Open) -> None:
    page = await window()
    await page.goto(f"{town.anna.url}/blog")
    await page.wait_for_load_state("networkidle")
    links = page.locator(".entry-title a")
    await page.keyboard.press("k")
    await page.keyboard.press("j")
    await expect(links.nth(0)).to_be_focused()
    await page.keyboard.press("j")
    await expect(links.nth(1)).to_be_focused()
    await page.keyboard.press("k")
    await expect(links.nth(0)).to_be_focused()
    # The pinned post stands first in the list, wherever its date would put it.
    await expect(page.locator(".entry-pin")).to_have_count(1)
    newest = str(await links.nth(1).get_attribute("href"))
    before = str(await links.nth(2).get_attribute("href"))

    await page.keyboard.press("j")
    await expect(links.nth(1)).to_be_focused()
    await page.keyboard.press("Enter")
    await page.wait_for_url(f"**{newest}")
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("j")
    await page.wait_for_url(f"**{before}")
    await page.wait_for_load_state("networkidle")
    await page.keyboard.press("k")
    await page.wait_for_url(f"**{newest}")


async def test_typing_a_search_is_one_step_back(town: Town, window: Open) -> None:
    page = await window()
    await page.goto(f"{town.anna.url}/blog")
    await page.wait_for_load_state("networkidle")
    for words in ("gener", "generators"):
        await page.fill("#q", words)
        await page.wait_for_url(f"**/blog?q={words}")
    await expect(page.locator(".entry mark").first).to_be_visible()
    await page.go_back()
    await expect(page.locator(".entry")).to_have_count(4)
    assert page.url.endswith("/blog")


async def test_single_keys_can_be_turned_off_for_good(town: Town, window: Open) -> None:
    page = await window()
    await page.goto(f"{town.anna.url}/blog")
    await page.wait_for_load_state("networkidle")
    await page.get_by_label("Single-key shortcuts").uncheck()
    await page.reload()
    await page.wait_for_load_state("networkidle")
    await expect(page.get_by_label("Single-key shortcuts")).not_to_be_checked()
    await page.locator("h1").click()
    await page.keyboard.press("/")
    await expect(page.locator("#q")).not_to_be_focused()


async def test_code_can_be_copied(town: Town, window: Open) -> None:
    page = await window()
    await page.goto(f"{town.anna.url}{town.anna.heaviest}")
    button = page.get_by_role("button", name="Copy").first
    await button.focus()
    await button.press("Enter")
    await expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert "import asyncio" in await page.evaluate("navigator.clipboard.readText()")


async def test_the_first_stop_of_the_keyboard_leads_to_the_content(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    await page.goto(town.boris.url)
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_focused()
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()


async def test_a_post_is_read_on_its_own_site_only(town: Town, window: Open) -> None:
    page = await window()
    shared = [(town.anna, "en"), (town.boris, "ru")]
    titles = []
    for home, lang in shared:
        await page.goto(f"{home.url}/blog/boring-deploys")
        await expect(page.locator("html")).to_have_attribute("lang", lang)
        titles.append(await page.get_by_role("heading", level=1).inner_text())
    assert titles[0] != titles[1]
    refused = await page.goto(f"{town.boris.url}/blog/percentiles-lie")
    assert refused is not None
    assert refused.status == 404
