"""The door for those who write."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from core.access import Action
from core.identity import Role
from core.users.credentials import TokenKind
from core.users.entities import Invitation, new_invitation_id
from db.audit import AuditEventRow
from db.tenant_session import TenantSessions
from db.users import SqlInvitationStorage
from entrypoints.http.options import HttpOptions
from entrypoints.web.sessions import form_set, notice_set, session_cleared, session_set
from services.invitation_tokens import HmacInvitationTokens
from services.key_ring import KeyRing
from services.paseto_tokens import PasetoSessionTokens
from tests.api.house import PASSWORD, House, Site
from tests.pages.browser import Browser

LOGIN = "form.stack"


async def test_the_owner_signs_in_and_out(anna: Site) -> None:
    browser = Browser(anna)
    door = await browser.get("/admin/blog?q=x")
    assert door.location == "/login?next=%2Fadmin%2Fblog%3Fq%3Dx"
    page = await browser.get(door.location)
    desk = await browser.press(page, LOGIN, email=anna.email(Role.OWNER).upper(), password=PASSWORD)
    assert str(desk.answer.url).endswith("/admin/blog?q=x")
    assert desk.texts(".rail-user span") == ["Owner"]
    home = await browser.press(desk, "form[action='/logout']")
    assert home.one(".notice").text().strip() == "You are signed out."
    assert (await browser.get("/admin")).location.startswith("/login")


async def test_the_cookie_is_the_sites_own_and_out_of_reach_of_scripts(anna: Site) -> None:
    browser = Browser(anna)
    page = await browser.get("/login")
    answer = await browser.submit(page, LOGIN, email=anna.email(Role.OWNER), password=PASSWORD)
    cookie = next(c for c in answer.answer.headers.get_list("set-cookie") if c.startswith("terrace=v4.local."))
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_an_ended_session_is_worth_nothing(anna: Site) -> None:
    browser = await Browser(anna).sign_in(Role.EDITOR)
    kept = dict(browser.client.cookies)
    await browser.press(await browser.get("/admin"), "form[action='/logout']")
    thief = Browser(anna)
    thief.client.cookies.update(kept)
    assert (await thief.get("/admin")).location.startswith("/login")


@pytest.mark.parametrize("email", ["owner@anna.example", "nobody@anna.example", ""])
async def test_whatever_is_wrong_looks_the_same(visitor: Browser, email: str) -> None:
    page = await visitor.get("/login")
    refused = await visitor.submit(page, LOGIN, email=email, password="not the password")
    assert refused.status == 422
    assert refused.one("#form-message").text().strip() == "The e-mail address or the password is not right."
    assert refused.one("#f-email").attributes["value"] == email
    assert not refused.one("#f-password").attributes["value"]
    assert "not the password" not in refused.answer.text


@pytest.mark.parametrize("wanted", ["//evil.example", "https://evil.example/", "/\\evil.example", "admin", "/\n/evil"])
async def test_nobody_is_led_elsewhere_after_signing_in(anna: Site, wanted: str) -> None:
    browser = Browser(anna)
    page = await browser.get("/login")
    answer = await browser.submit(page, LOGIN, email=anna.email(Role.VIEWER), password=PASSWORD, next=wanted)
    assert answer.location == "/admin"


async def test_who_is_signed_in_needs_no_door(owner: Browser) -> None:
    assert (await owner.get("/login?next=/admin/media")).location == "/admin/media"


async def test_guessing_is_slowed_down(anna: Site) -> None:
    browser = Browser(anna)
    page = await browser.get("/login")
    answers = [await browser.submit(page, LOGIN, email="guessed@anna.example", password="x") for _ in range(11)]
    assert [answer.status for answer in answers[:10]] == [422] * 10
    assert answers[10].status == 429
    assert int(answers[10].answer.headers["retry-after"]) >= 1
    assert "Too many attempts" in answers[10].one("#form-message").text()


async def test_a_foreign_cookie_is_worth_nothing(owner: Browser, boris: Site) -> None:
    stranger = Browser(boris)
    stranger.client.headers["cookie"] = "; ".join(f"{name}={value}" for name, value in owner.client.cookies.items())
    assert (await stranger.get("/admin")).location.startswith("/login")


Invite = Callable[[str], Awaitable[str]]


@pytest.fixture
def invite(house: House, anna: Site) -> Invite:
    """The path of a link that makes somebody an author."""

    async def make(email: str) -> str:
        sessions, ring = await house.container.get(TenantSessions), await house.container.get(KeyRing)
        now = datetime.now(UTC)
        invitation = Invitation(
            id=new_invitation_id(),
            email=email,
            name="Nils",
            role=Role.AUTHOR,
            created_at=now,
            expires_at=now + timedelta(days=7),
        )
        async with sessions.open(anna.tenant) as session:
            await SqlInvitationStorage(session).add(invitation)
            await session.commit()
        return f"/invitations/{HmacInvitationTokens(ring, anna.tenant.id).make(invitation.id)}"

    return make


async def test_an_invitation_makes_a_member_once(visitor: Browser, invite: Invite) -> None:
    path = await invite("nils@anna.example")
    page = await visitor.get(path)
    assert page.one("#f-name").attributes["value"] == "Nils"
    assert "nils@anna.example" in page.one(".muted").text()
    assert page.answer.headers["cache-control"] == "private, no-store"
    desk = await visitor.press(page, LOGIN, name="Nils N", password=PASSWORD, password_again=PASSWORD)
    assert "Welcome" in desk.one(".notice").text()
    assert desk.one(".rail-user").text().startswith("Nils N")
    assert (await Browser(visitor.site).get(path)).status == 404
    assert await _who_accepted(visitor.site, "Nils N") == ("Nils N", "author")


async def _who_accepted(site: Site, member: str) -> tuple[str, str]:
    """By the log: whose deed it is that *member* belongs to the site."""
    query = select(AuditEventRow.actor_name, AuditEventRow.role).where(
        AuditEventRow.action == Action.ACCEPT_INVITATION,
        AuditEventRow.label == member,
        AuditEventRow.actor_id == AuditEventRow.subject,
    )
    async with site.sessions.open(site.tenant) as session:
        name, role = (await session.execute(query)).one()
        return name, role


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "password": PASSWORD, "password_again": PASSWORD}, "name"),
        ({"name": "Nils", "password": "short", "password_again": "short"}, "password"),
        ({"name": "Nils", "password": PASSWORD, "password_again": "other"}, "password_again"),
    ],
)
async def test_a_refused_invitation_says_why_beside_the_field(
    visitor: Browser, invite: Invite, typed: dict[str, str], field: str
) -> None:
    page = await visitor.get(await invite(f"{field}@anna.example"))
    refused = await visitor.submit(page, LOGIN, **typed)
    assert refused.status == 422
    assert refused.texts(f"#f-{field}-error")
    assert refused.one("#f-name").attributes["value"] == typed["name"]
    assert PASSWORD not in refused.answer.text


async def test_an_invitation_of_another_site_is_none(boris: Site, invite: Invite) -> None:
    assert (await Browser(boris).get(await invite("elsewhere@anna.example"))).status == 404


async def test_a_damaged_invitation_is_none(visitor: Browser) -> None:
    page = await visitor.get("/invitations/nonsense")
    assert page.status == 404
    assert "no longer valid" in page.one(".trouble").text()


async def test_an_old_spelling_of_the_cookie_is_renewed(house: House, anna: Site) -> None:
    browser = await Browser(anna).sign_in(Role.VIEWER)
    tokens, now = PasetoSessionTokens(await house.container.get(KeyRing), anna.tenant.id), datetime.now(UTC)
    claims = tokens.read(browser.client.cookies["terrace"], TokenKind.BROWSER, now=now)
    assert claims is not None
    old = tokens.issue(replace(claims, issued_at=now - timedelta(days=2)))
    browser.client.cookies.set("terrace", old, domain="anna.localhost")
    page = await browser.get("/")
    renewed = [c for c in page.answer.headers.get_list("set-cookie") if c.startswith("terrace=v4.local.")]
    assert len(renewed) == 1
    assert renewed[0].split(";")[0] != f"terrace={old}"
    assert page.answer.headers["cache-control"] == "private, no-store"
    again = await Browser(anna).get("/admin", cookie=renewed[0].split(";")[0])
    assert again.status == 200


def test_in_production_cookies_belong_to_one_host_and_https() -> None:
    options = HttpOptions(
        is_local=False, public_url="https://{host}", trusted_proxies=(), ops_host="127.0.0.1", ops_port=1
    )
    for cookie in (
        session_set(options, "v"),
        session_cleared(options),
        form_set(options, "v"),
        notice_set(options, "v"),
    ):
        assert cookie.key.startswith("__Host-terrace")
        assert (cookie.secure, cookie.httponly, cookie.path, cookie.domain) == (True, True, "/", None)
        assert cookie.samesite == "lax"
