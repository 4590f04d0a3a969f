"""A visitor writes, the owner finds it, notes something and answers; with and without scripts, wide and on a phone."""

from secrets import token_hex

from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import Open, Way
from tests.browser.town import Town


async def test_a_message_comes_and_is_answered(town: Town, window: Open, way: Way, annas_key: StorageState) -> None:
    name = f"Vera {token_hex(3)}"
    visitor, owner = await window(way), await window(way, state=annas_key)
    await visitor.goto(town.anna.url)
    await visitor.get_by_role("link", name="Write to me").click()
    await _write(visitor, name, email="vera")
    await expect(visitor.locator("#f-email-error")).to_be_visible()
    assert not await looking.refused_by_axe(visitor)
    assert not await looking.too_wide(visitor)
    await expect(visitor.get_by_label("Message")).to_have_value("Would you speak\nat our meeting?")
    await visitor.get_by_label("E-mail").fill("vera@example.org")
    await visitor.get_by_role("button", name="Send").click()
    await expect(visitor.get_by_text("Thank you: your message has arrived.")).to_be_visible()

    await owner.goto(f"{town.anna.url}/admin/contacts")
    await owner.get_by_role("link", name=name).click()
    await expect(owner.locator("article .message-text").first).to_contain_text("Would you speak")
    noticed = owner.get_by_text("The browser did no proof of work")
    await expect(noticed).to_have_count(0 if way.has_script else 1)
    if way.has_script:
        await expect(owner.get_by_label("Folder")).to_have_value("read")
    await owner.get_by_label("Note").fill("An old friend")
    await owner.locator("#keeping button").click()
    await expect(owner.get_by_label("Note")).to_have_value("An old friend")
    await owner.get_by_label("Your answer").fill("Gladly.")
    await owner.get_by_role("button", name="Send the answer").click()
    await expect(owner.get_by_text("Your answer is on its way.")).to_be_visible()
    await expect(owner.locator(".message-answer")).to_contain_text("Gladly.")
    assert not await looking.refused_by_axe(owner)
    assert not await looking.too_wide(owner)


async def _write(page: Page, name: str, *, email: str) -> None:
    """The browser's own check of the address steps aside, as that of old ones does."""
    await page.get_by_label("Your name").fill(name)
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Message").fill("Would you speak\nat our meeting?")
    await page.locator("form.contact-form").evaluate("form => { form.noValidate = true; }")
    await page.get_by_role("button", name="Send").click()
