"""The owner comes in: an invitation, a wrong password, the right one, and out again."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import SOME_WAYS, Open, Way, sign_in
from tests.browser.town import Town

SOME = pytest.mark.parametrize("way", SOME_WAYS.values(), ids=SOME_WAYS.keys())
PASSWORD = "a long walk by the sea"


@SOME
async def test_an_invitation_sets_the_password(town: Town, window: Open, way: Way) -> None:
    url = await town.invite(f"guest{id(way)}@anna.example", "editor")
    page = await window(way)
    await page.goto(url)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to Anna Lindqvist")
    await page.get_by_label("Name").fill("Grace")
    await page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    await page.get_by_label("Password once more").fill(f"{PASSWORD}!")
    await page.get_by_role("button", name="Begin", exact=True).click()
    await expect(page.get_by_text("The two passwords differ.")).to_be_visible()
    await expect(page.get_by_label("Name")).to_have_value("Grace")

    await page.get_by_label("Password", exact=False).first.fill(PASSWORD)
    await page.get_by_label("Password once more").fill(PASSWORD)
    await page.get_by_role("button", name="Begin", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    await expect(page.get_by_text("Welcome. This is your desk.")).to_be_visible()
    await expect(page.get_by_role("navigation", name="Desk").get_by_role("link", name="Settings")).to_have_count(0)

    again = await page.goto(url)
    assert again is not None
    assert again.status == 404


@SOME
async def test_a_wrong_password_then_the_right_one_then_out(town: Town, window: Open, way: Way) -> None:
    page = await window(way)
    await page.goto(f"{town.anna.url}/admin/media")
    assert page.url == f"{town.anna.url}/login?next=%2Fadmin%2Fmedia"
    await page.fill("[name=email]", town.anna.email)
    await page.fill("[name=password]", "not this one, surely")
    await page.click("main button[type=submit]")
    await expect(page.get_by_role("alert").filter(has_text="password")).to_be_visible()
    await expect(page.locator("[name=email]")).to_have_value(town.anna.email)
    await expect(page.locator("[name=password]")).to_have_value("")

    await page.fill("[name=password]", town.anna.password)
    await page.click("main button[type=submit]")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Media")
    await page.get_by_role("button", name="Sign out").click()
    await expect(page.get_by_text("You are signed out.")).to_be_visible()
    await page.goto(f"{town.anna.url}/admin")
    assert "/login" in page.url


async def test_the_key_of_one_site_opens_no_other(town: Town, window: Open) -> None:
    page = await window()
    await sign_in(page, town.anna)
    await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    cookies = [cookie for cookie in await page.context.cookies() if cookie["name"] == "terrace"]
    await page.context.add_cookies([{"name": "terrace", "value": cookies[0]["value"], "url": town.boris.url}])
    await page.goto(f"{town.boris.url}/admin")
    assert page.url.startswith(f"{town.boris.url}/login")
