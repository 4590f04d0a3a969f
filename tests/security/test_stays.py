"""How long a session lasts, by a clock that the test moves, and what ends it at once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from core.identity import Role
from core.users.credentials import TokenKind
from db.users import UserRow
from services.paseto_tokens import PasetoSessionTokens
from tests.api.house import PASSWORD, Site
from tests.isolation.estate import Estate
from tests.pages.browser import Browser
from tests.security.rig import Rig

SESSION = "__Host-terrace"
SESSIONS = "/api/v1/sessions"


async def signed_in(browser: Browser, role: Role = Role.EDITOR) -> str:
    await browser.sign_in(role)
    return str(browser.client.cookies[SESSION])


async def is_in(browser: Browser) -> bool:
    return (await browser.get("/admin")).status == 200


async def test_the_cookie_is_spelt_anew_after_a_day_and_stays_the_session(anna: Site, estate: Estate, rig: Rig) -> None:
    browser = Browser(anna)
    first = await signed_in(browser)
    with rig.clock.later(hours=23):
        await is_in(browser)
        assert browser.client.cookies[SESSION] == first
    with rig.clock.later(hours=25):
        page = await browser.get("/blog")
        renewed = browser.client.cookies[SESSION]
        tokens, now = PasetoSessionTokens(estate.ring, anna.tenant.id), rig.clock.now()
        old, new = [tokens.read(spelling, TokenKind.BROWSER, now=now) for spelling in (first, renewed)]
    assert renewed != first
    assert old is not None
    assert new is not None
    assert (new.session_id, new.expires_at > old.expires_at) == (old.session_id, True)
    assert page.answer.headers["cache-control"] == "private, no-store"
    attributes = {part.lower() for part in page.answer.headers["set-cookie"].split("; ")[1:]}
    assert {"httponly", "secure", "path=/", "samesite=lax"} <= attributes


async def test_thirty_days_idle_end_a_session(anna: Site, rig: Rig) -> None:
    browser = Browser(anna)
    await signed_in(browser)
    with rig.clock.later(days=29, hours=23):
        assert await is_in(browser)
        with rig.clock.later(days=29):
            assert await is_in(browser)
            with rig.clock.later(days=30, minutes=1):
                assert not await is_in(browser)


async def test_ninety_days_end_a_session_that_was_always_used(anna: Site, rig: Rig) -> None:
    browser = Browser(anna)
    await signed_in(browser)
    for days in (20, 40, 60, 80, 89.9):
        with rig.clock.later(days=days):
            assert await is_in(browser)
    with rig.clock.later(days=90, minutes=1):
        assert not await is_in(browser)


async def test_an_access_token_lasts_a_quarter_of_an_hour(anna: Site, rig: Rig) -> None:
    tokens = await anna.sign_in(Role.AUTHOR)
    async with anna.client(token=tokens["access_token"]) as client:
        with rig.clock.later(minutes=14):
            assert (await client.get("/api/v1/whoami")).status_code == 200
        with rig.clock.later(minutes=15, seconds=5):
            assert (await client.get("/api/v1/whoami")).status_code == 401


async def test_a_chain_of_refreshes_ends_after_ninety_days(anna: Site, rig: Rig) -> None:
    token = (await anna.sign_in(Role.AUTHOR))["refresh_token"]
    async with anna.client() as client:
        for days in (25, 50, 75, 89):
            with rig.clock.later(days=days):
                answer = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": token})
                assert answer.status_code == 200
                token = answer.json()["refresh_token"]
        with rig.clock.later(days=90, minutes=1):
            assert (await client.post(f"{SESSIONS}/refresh", json={"refresh_token": token})).status_code == 401


async def test_an_unused_refresh_token_ends_after_thirty_days(anna: Site, rig: Rig) -> None:
    token = (await anna.sign_in(Role.AUTHOR))["refresh_token"]
    async with anna.client() as client:
        with rig.clock.later(days=30, minutes=1):
            assert (await client.post(f"{SESSIONS}/refresh", json={"refresh_token": token})).status_code == 401


@pytest.mark.parametrize("way", ["signing out", "the owner"])
async def test_an_ended_session_is_refused_at_once_by_all_workers(
    anna: Site, second: Site, estate: Estate, way: str
) -> None:
    browser, elsewhere = Browser(anna), Browser(second)
    await signed_in(browser)
    elsewhere.client.cookies = browser.client.cookies
    assert await is_in(elsewhere)
    if way == "signing out":
        kept = Browser(anna)
        kept.client.cookies = type(browser.client.cookies)(browser.client.cookies)
        await browser.submit(await browser.get("/admin"), "form[action='/logout']")
        browser = kept
        elsewhere.client.cookies = kept.client.cookies
    else:
        tokens = PasetoSessionTokens(estate.ring, anna.tenant.id)
        spelling = str(browser.client.cookies[SESSION])
        claims = tokens.read(spelling, TokenKind.BROWSER, now=datetime.now(UTC))
        assert claims is not None
        async with anna.client(token=(await estate.stay()).access) as owner:
            assert (await owner.delete(f"{SESSIONS}/{claims.session_id}")).status_code == 204
    assert not await is_in(elsewhere)
    assert not await is_in(browser)


async def test_a_disabled_member_is_out_at_once_everywhere(anna: Site, second: Site, estate: Estate) -> None:
    email = "leaving@anna.example"
    await estate.admit(email, role=Role.EDITOR)
    async with anna.client() as client:
        tokens = (await client.post(SESSIONS, json={"email": email, "password": PASSWORD})).json()
    browser = Browser(anna)
    page = await browser.get("/login")
    assert (await browser.submit(page, "form.stack", email=email, password=PASSWORD)).status == 303
    async with anna.sessions.open(anna.tenant) as session:
        await session.execute(update(UserRow).where(UserRow.email == email).values(disabled_at=datetime.now(UTC)))
        await session.commit()
    assert not await is_in(browser)
    for site in (anna, second):
        async with site.client(token=tokens["access_token"]) as client:
            assert (await client.get("/api/v1/whoami")).status_code == 401
    async with anna.client() as client:
        again = await client.post(SESSIONS, json={"email": email, "password": PASSWORD})
        refreshed = await client.post(f"{SESSIONS}/refresh", json={"refresh_token": tokens["refresh_token"]})
    assert (again.json()["code"], refreshed.json()["code"]) == ("wrong_credentials", "session_ended")
