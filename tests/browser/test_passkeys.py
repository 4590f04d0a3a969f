"""Somebody comes with a passkey, and finds out what she may: in a Chromium whose passkeys are kept by a device that is
only thought of (WebAuthn, 11: the virtual authenticator)."""

from secrets import token_hex

from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import Open
from tests.browser.town import Home, Town

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


async def with_device(page: Page) -> Page:
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


async def test_an_author_comes_with_a_passkey_asks_why_and_publishes(
    town: Town, window: Open, annas_key: StorageState
) -> None:
    word = token_hex(3)
    owner, author = await window(state=annas_key), await with_device(await window())
    link = await _invited(owner, town.anna, word)

    await author.goto(link)
    await author.get_by_label("Name").fill(f"Vera {word}")
    await author.get_by_role("button", name="Begin with a passkey").click()
    await expect(author.get_by_role("heading", level=1)).to_have_text("Your recovery codes")
    await expect(author.locator(".recovery-codes code")).to_have_count(10)
    await _look_at(author)
    await author.get_by_role("link", name="Go on").click()
    await author.wait_for_url("**/admin")

    await _written(author, town.anna, word)
    await author.get_by_role("link", name="Why?").click()
    await expect(author.locator(".why-verdict")).to_be_visible()
    await expect(author.get_by_role("main")).to_contain_text(f"Columnist {word}")

    await _given_the_right(owner, town.anna, word)
    await _published(author, town.anna, word)
    await _in_again_by_passkey(author, town.anna)


async def _invited(owner: Page, home: Home, word: str) -> str:
    """To a role of its own, which may write and never publish; the link of the invitation."""
    await owner.goto(f"{home.url}/admin/roles")
    await owner.get_by_label("Name").fill(f"Columnist {word}")
    await owner.get_by_label("Begins with the rights of").select_option("contributor")
    await owner.get_by_role("button", name="Make the role").click()
    await expect(owner.get_by_role("heading", level=1)).to_have_text(f"Columnist {word}")
    await owner.goto(f"{home.url}/admin/users")
    await owner.locator("#f-email").fill(f"vera-{word}@anna.example")
    await owner.get_by_label("Role").select_option(label=f"Columnist {word}")
    await owner.get_by_role("button", name="Invite", exact=True).click()
    return await owner.get_by_label(f"The link for vera-{word}@anna.example", exact=True).input_value()


async def _written(author: Page, home: Home, word: str) -> None:
    await author.goto(f"{home.url}/admin/blog/new")
    await author.get_by_label("Title", exact=True).fill(f"First words {word}")
    await author.get_by_label("Text in Markdown").fill("Somebody new writes here.")
    await author.get_by_role("button", name="Save", exact=True).click()
    await author.wait_for_url("**/edit**")
    await expect(author.get_by_role("button", name="Publish", exact=True)).to_be_disabled()


async def _given_the_right(owner: Page, home: Home, word: str) -> None:
    await owner.goto(f"{home.url}/admin/roles")
    await owner.get_by_role("link", name=f"Columnist {word}").first.click()
    right = owner.get_by_role("group", name="Publish posts and pages")
    await right.get_by_label("Only one's own").check()
    await owner.get_by_role("button", name="See what would change").click()
    await expect(owner.get_by_role("heading", name="Newly allowed")).to_be_visible()
    await owner.get_by_role("button", name="Save", exact=True).click()
    await expect(owner.get_by_text("Saved: it holds from now on.")).to_be_visible()


async def _published(author: Page, home: Home, word: str) -> None:
    await author.goto(f"{home.url}/admin/blog")
    await author.get_by_role("link", name=f"First words {word}").first.click()
    await author.get_by_role("button", name="Publish", exact=True).click()
    await expect(author.get_by_text("Published.", exact=False).first).to_be_visible()
    await author.goto(f"{home.url}/blog/first-words-{word}")
    await expect(author.get_by_role("heading", level=1)).to_have_text(f"First words {word}")


async def _in_again_by_passkey(author: Page, home: Home) -> None:
    await author.goto(f"{home.url}/admin/profile/factors")
    await expect(author.get_by_text("The passkey that you came with", exact=True)).to_be_visible()
    await _look_at(author)
    await author.get_by_role("button", name="Sign out").click()
    await expect(author.get_by_text("You are signed out.")).to_be_visible()
    await author.goto(f"{home.url}/login?next=/admin/profile")
    await author.get_by_role("button", name="Sign in with a passkey").click()
    await author.wait_for_url("**/admin/profile")


async def _look_at(page: Page) -> None:
    troubles = await looking.refused_by_axe(page) + await looking.too_wide(page)
    assert not troubles, "\n".join(troubles)
