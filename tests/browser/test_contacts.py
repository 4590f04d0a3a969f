"""A visitor writes, the owner finds it, notes something and answers. One client may send five messages in an hour."""

from secrets import choice
from string import ascii_lowercase

import pytest
from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, WAYS, Open, Way, sign_in
from tests.browser.town import Town


@pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
async def test_a_message_comes_and_is_answered(town: Town, window: Open, way: Way, annas_key: StorageState) -> None:
    name = f"Vera {''.join(choice(ascii_lowercase) for _ in range(8))}"
    visitor, owner = await window(way), await window(way, state=annas_key)
    await visitor.goto(town.anna.url)
    await visitor.get_by_role("link", name="Write to me").click()
    await _write(visitor, name, email="vera@example")
    await expect(visitor.locator("#f-email-error")).to_be_visible()
    await _look_at(visitor, way)
    await expect(visitor.get_by_label("Message")).to_have_value(f"{name} asks:\nWould you speak?")
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
    await _look_at(owner, way)


async def test_a_moderator_sorts_out_what_came_and_the_owner_erases_an_address(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    """On a phone without scripts."""
    way, name = WAYS["plain-phone"], f"Wanda {''.join(choice(ascii_lowercase) for _ in range(8))}"
    address = f"{name.split()[1]}@example.org"
    visitor, hers, owner = await window(way), await window(way), await window(way, state=annas_key)
    for _ in range(2):
        await visitor.goto(f"{town.anna.url}/contacts")
        await _write(visitor, name, email=address)
        await expect(visitor.get_by_text("Thank you: your message has arrived.")).to_be_visible()

    await sign_in(hers, await town.member("Modesty", "moderator"))
    await hers.get_by_role("link", name="unread message").first.click()
    await hers.get_by_label("Search messages").fill(name)
    await hers.get_by_role("button", name="Search").click()
    await hers.get_by_label(f"Choose the message from {name}").first.check()
    await hers.get_by_label("With those chosen").select_option("It is spam")
    await hers.get_by_role("button", name="Do it").click()
    await expect(hers.get_by_text("Messages moved: 1.")).to_be_visible()
    await expect(hers.get_by_text("Somebody asks what you keep about her")).to_have_count(0)
    await hers.goto(f"{town.anna.url}/admin/contacts?folder=spam&q={address}")
    await expect(hers.get_by_role("link", name=name).first).to_be_visible()

    await owner.goto(f"{town.anna.url}/admin/contacts")
    await owner.get_by_text("Somebody asks what you keep about her").click()
    await owner.get_by_label("Her address").fill(address)
    await owner.get_by_role("button", name="Look it up").click()
    await expect(owner.get_by_role("heading", name="2 messages from it or about it")).to_be_visible()
    await owner.get_by_role("button", name="Erase for good").click()
    await expect(owner.get_by_text("Type the address once more")).to_be_visible()
    await owner.get_by_label("The address once more").fill(address)
    await owner.get_by_role("button", name="Erase for good").click()
    await expect(owner.get_by_text("Messages erased for good: 2.")).to_be_visible()


async def _look_at(page: Page, way: Way) -> None:
    """Whoever looks needs scripts herself."""
    if way.has_script:
        assert not await looking.refused_by_axe(page)
        assert not await looking.too_wide(page)


async def _write(page: Page, name: str, *, email: str) -> None:
    """An address without a dot passes the browser's own check."""
    await page.get_by_label("Your name").fill(name)
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Message").fill(f"{name} asks:\nWould you speak?")
    await page.get_by_role("button", name="Send").click()
