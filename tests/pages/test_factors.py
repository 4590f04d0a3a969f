"""The second step of signing in and one's own factors, without JavaScript: on a real database."""

import re
from datetime import UTC, datetime, timedelta
from secrets import token_hex

import pyotp
import pytest
from sqlalchemy import select, text, update

from core.identity import Role
from db.audit import AuditEventRow
from db.factors import FactorRow
from db.users import UserRow
from tests.api.house import PASSWORD, House, Site
from tests.isolation.estate import Estate
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

FORM = "form.stack"
FACTORS = "/admin/profile/factors"
ADD = f'form[action="{FACTORS}/app"]'


@pytest.fixture
async def eve(house: House, anna: Site) -> str:
    """Somebody new at Anna's; her address."""
    email = f"eve-{token_hex(4)}@anna.example"
    await (await Estate.of(house, anna)).admit(email)
    await anna.forgive()
    return email


async def enter(site: Site, email: str) -> tuple[Browser, Shown]:
    browser = Browser(site)
    return browser, await browser.submit(await browser.get("/login"), FORM, email=email, password=PASSWORD)


async def set_up(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    """An app whose first code was used long ago, and the recovery codes that come with it."""
    page = await browser.get(f"{FACTORS}/app")
    app = pyotp.TOTP("".join(page.one(".app-key").text().split()))
    added = await browser.submit(page, ADD, code=code_of(app), current_password=PASSWORD)
    assert added.status == 201
    async with browser.site.sessions.open(browser.site.tenant) as session:
        await session.execute(update(FactorRow).where(FactorRow.kind == "totp").values(counter=0))
        await session.commit()
    return app, added.texts(".recovery-codes code")


def code_of(app: pyotp.TOTP) -> str:
    """The next one: it is taken for a minute to come at least, however slow the machine is."""
    return app.at(datetime.now(UTC) + timedelta(seconds=app.interval))


async def refusals(site: Site, email: str) -> list[str]:
    query = select(AuditEventRow.after["reason"].astext).join(UserRow, UserRow.id == AuditEventRow.subject)
    query = query.where(UserRow.email == email, AuditEventRow.outcome == "refused")
    async with site.sessions.open(site.tenant) as session:
        return list(await session.scalars(query.order_by(AuditEventRow.at)))


async def test_an_app_is_set_up_and_asked_for_after_the_password(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    page = await browser.get(f"{FACTORS}/app")
    wrong = await browser.submit(page, ADD, code="000000", current_password=PASSWORD)
    app, codes = await set_up(browser)
    other, second = await enter(anna, eve)
    step = await other.get(second.location)
    refused = await other.submit(step, FORM, code="000000")
    done = await other.submit(refused, FORM, code=code_of(app))

    assert wrong.status == 422
    assert wrong.one(".app-key").text() == page.one(".app-key").text()
    assert "style=" not in (page.one(".qr-frame").html or "")
    assert len(codes) == len(set(codes)) == 10
    assert (second.status, second.location) == (303, "/login/second")
    assert (refused.status, done.location) == (422, "/admin")
    assert (await other.get("/admin")).status == 200
    assert (await browser.get(FACTORS)).has(f'form[action="{FACTORS}/recovery-codes"]')


async def test_a_code_is_good_once_and_a_replay_is_written_down(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    app, _ = await set_up(browser)
    code = code_of(app)
    first, second = await enter(anna, eve)
    assert (await first.submit(await first.get(second.location), FORM, code=code)).location == "/admin"

    thief, third = await enter(anna, eve)
    replayed = await thief.submit(await thief.get(third.location), FORM, code=code)

    assert replayed.status == 422
    assert (await thief.get("/admin")).location.startswith("/login")
    assert await refusals(anna, eve) == ["code_used"]


async def test_a_recovery_code_opens_once_however_it_is_typed(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    _, codes = await set_up(browser)
    first, second = await enter(anna, eve)
    typed = codes[3].upper().replace("-", " ")
    assert (await first.submit(await first.get(second.location), FORM, code=typed)).location == "/admin"

    again, third = await enter(anna, eve)
    refused = await again.submit(await again.get(third.location), FORM, code=codes[3])

    assert refused.status == 422
    assert "9 codes are left" in " ".join((await first.get(FACTORS)).texts("main"))


async def test_half_a_sign_in_opens_nothing_and_ends_with_the_password(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    app, _ = await set_up(browser)
    half, second = await enter(anna, eve)
    step = await half.get(second.location)
    async with anna.sessions.open(anna.tenant) as session:
        await session.execute(update(UserRow).where(UserRow.email == eve).values(password_hash="another"))
        await session.commit()

    assert (await half.get("/admin")).location.startswith("/login")
    assert (await half.submit(step, FORM, code=code_of(app))).status == 422
    assert (await Browser(anna).get("/login/second")).location == "/login"


async def test_the_page_says_what_is_in_the_way(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    await set_up(browser)
    page = await browser.get(FACTORS)
    removal = 'form[action$="/removal"]'
    refused = await browser.submit(page, removal, current_password="wrong")
    gone = await browser.submit(await browser.get(FACTORS), removal, current_password=PASSWORD)
    renewed = await browser.submit(page, f'form[action="{FACTORS}/recovery-codes"]', current_password=PASSWORD)

    assert (refused.status, refused.texts(".field-error")[-1:]) == (422, ["This is not your present password."])
    assert (gone.status, gone.location) == (303, FACTORS)
    assert renewed.status == 409
    assert not (await browser.get(FACTORS)).has(removal)


async def test_who_owes_a_factor_can_do_nothing_else(anna: Site, eve: str, signed_in: SignedIn) -> None:
    owner = await signed_in(anna, Role.OWNER)
    waiting, _ = await enter(anna, eve)
    role = await _role_of_its_own(anna, eve)
    rules = await owner.get("/admin/security")
    saved = await owner.submit(rules, 'form[action="/admin/security"]', **{f"role-{role}": "yes"})
    try:
        assert saved.location == "/admin/security"
        led = await waiting.get("/admin/blog")
        page = await waiting.get(led.location)
        program = await anna.client(token=await _token(waiting, anna, eve)).get("/api/v1/posts?status=draft")
        readable = await waiting.get("/")
        await set_up(waiting)
        free = await waiting.get("/admin/profile")
        kept = await waiting.submit(await waiting.get(FACTORS), 'form[action$="/removal"]', current_password=PASSWORD)
    finally:
        await owner.submit(await owner.get("/admin/security"), 'form[action="/admin/security"]', **{f"role-{role}": ""})

    assert (led.status, led.location) == (303, FACTORS)
    assert page.has(".alert-warning")
    assert (program.status_code, program.json()["code"]) == (403, "factor_needed")
    assert (readable.status, free.status, kept.status) == (200, 200, 409)


async def _role_of_its_own(site: Site, email: str) -> str:
    """One that nobody else has: the rule is for all who have it."""
    key = f"r{token_hex(4)}"
    async with site.sessions.open(site.tenant) as session:
        await session.execute(
            text("INSERT INTO roles (key, name, description, base, position) VALUES (:key, :key, '', 'author', 90)"),
            {"key": key},
        )
        await session.execute(update(UserRow).where(UserRow.email == email).values(role=key))
        await session.commit()
    return key


async def _token(browser: Browser, site: Site, email: str) -> str:
    answer = await site.client().post("/api/v1/sessions", json={"email": email, "password": PASSWORD})
    return str(answer.json()["access_token"])


async def test_an_owner_takes_a_lost_factor_away(anna: Site, eve: str, signed_in: SignedIn) -> None:
    browser, _ = await enter(anna, eve)
    await set_up(browser)
    owner = await signed_in(anna, Role.OWNER)
    async with anna.sessions.open(anna.tenant) as session:
        user_id = await session.scalar(select(UserRow.id).where(UserRow.email == eve))
    person = await owner.get(f"/admin/users/{user_id}")
    reset = await owner.submit(person, 'form[action$="/factors"]')
    _, straight = await enter(anna, eve)

    assert reset.status == 303
    assert (await browser.get("/admin")).location.startswith("/login")
    assert straight.location == "/admin"


async def test_a_program_sends_the_code_with_the_password(anna: Site, eve: str) -> None:
    browser, _ = await enter(anna, eve)
    app, codes = await set_up(browser)
    wanted = {"email": eve, "password": PASSWORD}
    async with anna.client() as client:
        asked = await client.post("/api/v1/sessions", json=wanted)
        blind = await client.post("/api/v1/sessions", json={**wanted, "password": "wrong", "otp": codes[0]})
        wrong = await client.post("/api/v1/sessions", json={**wanted, "otp": "000000"})
        right = await client.post("/api/v1/sessions", json={**wanted, "otp": code_of(app)})
        replay = await client.post("/api/v1/sessions", json={**wanted, "otp": code_of(app)})

    assert (asked.status_code, asked.json()["code"]) == (401, "otp_needed")
    assert (blind.status_code, blind.json()["code"]) == (401, "wrong_credentials")
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_code")
    assert right.status_code == 201
    assert (replay.status_code, replay.json()["code"]) == (401, "code_used")


async def test_what_is_no_passkey_opens_nothing(anna: Site, eve: str) -> None:
    browser = Browser(anna)
    page = await browser.get("/login")
    _, fields = page.form('form[action="/login/passkey"]')
    options = await browser.post("/login/passkey/options", {"csrf_token": fields["csrf_token"]}, origin=anna.url)
    challenge = options.answer.json()
    answers = ["", "{}", "[]", '{"rawId": 5}', '{"id":"a","rawId":"a","type":"public-key","response":{}}', "x" * 99_999]
    for answer in answers:
        refused = await browser.post("/login/passkey", {**fields, "credential": answer}, origin=anna.url)
        assert refused.status == 422, answer[:40]

    assert f"//{challenge['rpId']}" in anna.url
    assert challenge["userVerification"] == "required"
    assert re.fullmatch(r"[\w-]{43}", challenge["challenge"])
    assert not challenge["allowCredentials"]
