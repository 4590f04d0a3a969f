"""Somebody is let in: invited, at home, signed in elsewhere; her rights are asked about, weighed, given, noted."""

import re
from contextlib import aclosing
from secrets import token_hex
from urllib.parse import urljoin

import pytest
from playwright.async_api import Page, StorageState, expect

from tests.browser import looking
from tests.browser.conftest import SOME_WAYS, Open, Way, sign_in
from tests.browser.town import Home, Town

SOME = pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
PASSWORD = "a long walk by the sea"


async def look_at(page: Page, way: Way) -> None:
    """Whoever looks needs scripts herself."""
    if way.has_script:
        assert not await looking.refused_by_axe(page)
        assert not await looking.too_wide(page)


async def came_in(window: Open, way: Way, home: Home) -> Page:
    page = await window(way)
    await sign_in(page, home)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    return page


@SOME
async def test_somebody_is_invited_and_makes_herself_at_home(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    email = f"nora-{token_hex(4)}@anna.example"
    owner, hers = await window(way, state=annas_key), await window(way)
    await owner.goto(f"{town.anna.url}/admin/users")
    await owner.get_by_label("Name").fill("Nora")
    await owner.get_by_label("E-mail").fill(town.anna.email)
    await owner.get_by_label("Role", exact=True).select_option("Author")
    await owner.get_by_role("button", name="Invite", exact=True).click()
    await expect(owner.get_by_text("Somebody with this e-mail address is here already.")).to_be_visible()
    await expect(owner.get_by_label("E-mail")).to_be_focused()
    await expect(owner.get_by_label("Role", exact=True)).to_have_value("author")
    await look_at(owner, way)
    await owner.get_by_label("E-mail").fill(email)
    await owner.get_by_role("button", name="Invite", exact=True).click()
    await expect(owner.get_by_text("The invitation is on its way by mail.")).to_be_visible()
    await expect(owner.get_by_text(email, exact=True)).to_be_visible()

    [link] = re.findall(r"http\S+/invitations/\S+", await town.letter(email, "invited"))
    await hers.goto(link)
    await expect(hers.get_by_label("Name")).to_have_value("Nora")
    await hers.get_by_label("Password", exact=False).first.fill(PASSWORD)
    await hers.get_by_label("Password once more").fill(PASSWORD)
    await hers.get_by_role("button", name="Begin", exact=True).click()
    await expect(hers.get_by_text("Welcome. This is your desk.")).to_be_visible()

    await hers.goto(f"{town.anna.url}/admin/profile")
    await hers.get_by_label("About you").fill("Writes *slowly*.")
    await hers.get_by_label("Links, row 1: name").fill("Code")
    await hers.get_by_label("Links, row 1: address").fill("nowhere")
    await hers.get_by_role("button", name="Save").click()
    wrong = hers.get_by_label("Links, row 1: address")
    await expect(wrong).to_have_attribute("aria-invalid", "true")
    await expect(hers.get_by_label("About you")).to_have_value("Writes *slowly*.")
    await wrong.fill("https://code.example/nora")
    await hers.get_by_role("button", name="Save").click()
    await expect(hers.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    await look_at(hers, way)


async def test_a_new_device_is_told_of_and_shown_the_door(town: Town, window: Open) -> None:
    home, way = await town.member("Olga", "author"), Way()
    hers, elsewhere = await came_in(window, way, home), await came_in(window, way, home)
    told = await town.letter(home.email, "new device")
    [link] = re.findall(r"http\S+/admin/profile/sessions", told)

    await hers.goto(link)
    await expect(hers.locator(".item", has_text="this one")).to_have_count(1)
    await look_at(hers, way)
    await hers.get_by_role("button", name="End all others").click()
    await expect(hers.get_by_text("Other sessions that have ended")).to_be_visible()
    await expect(hers.locator("main .item")).to_have_count(1)
    await elsewhere.goto(f"{town.anna.url}/admin")
    assert elsewhere.url.startswith(f"{town.anna.url}/login")


@SOME
async def test_a_right_is_asked_about_weighed_given_and_written_down(
    town: Town, window: Open, way: Way, annas_key: StorageState
) -> None:
    role, title = f"Guests {token_hex(3)}", f"A guest's text {token_hex(3)}"
    name = f"Petra {token_hex(3)}"
    home = await town.member(name, "contributor")
    async with aclosing(await town.deployment.program(home.slug, home.email)) as program:
        (await program.post("/api/v1/posts", json={"title": title, "body": "It is ready."})).raise_for_status()
    hers, owner = await came_in(window, way, home), await window(way, state=annas_key)
    await _asks_why(hers, way, home, title)

    await owner.goto(f"{home.url}/admin/roles")
    await owner.get_by_label("Name").fill("Editor")
    await owner.get_by_role("button", name="Make the role").click()
    await expect(owner.get_by_text("There is already a role of this name.")).to_be_visible()
    await owner.get_by_label("Name").fill(role)
    await owner.get_by_role("button", name="Make the role").click()
    await expect(owner.get_by_role("heading", level=1)).to_have_text(role)
    rights = owner.get_by_role("group", name="Publish posts and pages", exact=True)
    await rights.get_by_label("Only one's own").check()
    await owner.get_by_role("button", name="See what would change").click()
    await expect(owner.locator("#allowed + ul li")).to_have_text(
        ["Publish posts and pages: Only one's own (until now: No)"]
    )
    await look_at(owner, way)
    await owner.get_by_role("button", name="Save").click()
    await expect(owner.get_by_role("heading", level=1)).to_have_text(role)
    await owner.goto(f"{home.url}/admin/users")
    await owner.locator(".item", has_text=home.email).get_by_role("link").click()
    await owner.get_by_label("New role").select_option(role)
    await owner.get_by_role("button", name="Change the role").click()
    await expect(owner.get_by_text("The role is changed, at once and everywhere.")).to_be_visible()

    await hers.goto(f"{home.url}/admin/blog")
    await hers.get_by_role("link", name=title, exact=True).click()
    await hers.get_by_role("button", name="Publish", exact=True).click()
    await expect(hers.get_by_role("status").filter(has_text="Published.")).to_be_visible()
    await _finds_it_in_the_log(owner, way, name, title)


async def _asks_why(page: Page, way: Way, home: Home, title: str) -> None:
    """She may write, not publish, and not look at people either: each time she is told."""
    await page.goto(f"{home.url}/admin/blog/new")
    await expect(page.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    await page.goto(f"{home.url}/admin/blog")
    await page.get_by_role("link", name=title, exact=True).click()
    await page.get_by_role("link", name="Why?").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Publish posts and pages")
    await expect(page.get_by_text("The nearest role that may")).to_be_visible()
    await look_at(page, way)
    await page.goto(f"{home.url}/admin/users")
    await expect(page.get_by_role("heading", level=1)).to_have_text("This is not yours to do")
    await page.get_by_text("Why?").click()
    await page.get_by_role("link", name="The whole explanation").click()
    await expect(page.get_by_text("It is not allowed.")).to_be_visible()


async def _finds_it_in_the_log(page: Page, way: Way, name: str, title: str) -> None:
    await page.goto(urljoin(page.url, "/admin/audit"))
    await _filter(page, way, "Who", name, "person=[^&]")
    await _filter(page, way, "What", "Text published", "action=post.publish")
    await expect(page.locator(".log-what")).to_have_text([f"Text published: {title}"])
    await _filter(page, way, "What", "Everything", r"action=(&|$)")
    await _filter(page, way, "Outcome", "What was refused", "outcome=refused")
    await expect(page.locator(".log-what")).to_have_text(["Refused: “See who belongs to the site”"])
    await look_at(page, way)


async def _filter(page: Page, way: Way, label: str, option: str, address: str) -> None:
    """With scripts the list follows each choice; without, a button asks for it. Then the *address* tells of it."""
    await page.get_by_label(label).select_option(option)
    if not way.has_script:
        await page.get_by_role("button", name="Show").click()
    await expect(page).to_have_url(re.compile(address))
