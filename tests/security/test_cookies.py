"""Cookies as production sets them, and who gets none."""

import pytest

from core.identity import Role
from core.users.credentials import TokenKind
from core.users.entities import ABSOLUTE_LIFE
from services.paseto_tokens import PasetoSessionTokens
from tests.api.house import PASSWORD, Site
from tests.isolation.estate import Estate
from tests.isolation.routes import NOTHING, WAYS, Belongings, Way, each
from tests.pages.browser import Browser, Shown
from tests.security.rig import Rig

SESSION, FORM, NOTICE = "__Host-terrace", "__Host-terrace-form", "__Host-terrace-notice"
DEVICE = "__Host-terrace-device"
HOLDING_FORMS = (
    *("/admin", "/login", "/invitations", "/password-reset", "/email-change"),
    *("/matrix/suggestions", "/contacts"),
)
READING = [way for way in WAYS if way.method == "GET" and not way.path.startswith(HOLDING_FORMS)]
LOGIN = "form.stack"


def cookies_of(shown: Shown) -> dict[str, dict[str, str]]:
    """Name → attributes in small letters, the value under ``=``."""
    found = {}
    for line in shown.answer.headers.get_list("set-cookie"):
        pair, *attributes = line.split("; ")
        name, _, value = pair.partition("=")
        assert name not in found, f"{name} is set twice"
        found[name] = {"=": value} | {key.lower(): val for key, _, val in (each.partition("=") for each in attributes)}
    return found


def is_careful(cookie: dict[str, str]) -> bool:
    return (
        {"httponly", "secure", "path", "samesite"} <= cookie.keys()
        and (cookie["path"], cookie["samesite"].lower()) == ("/", "lax")
        and "domain" not in cookie
    )


async def test_each_cookie_belongs_to_one_host_and_https(anna: Site) -> None:
    browser = Browser(anna)
    door = await browser.get("/login")
    signed_in = await browser.submit(door, LOGIN, email=anna.email(Role.OWNER), password=PASSWORD)
    left = await browser.submit(await browser.get("/admin"), "form[action='/logout']")
    seen = [cookies_of(shown) for shown in (door, signed_in, left)]

    assert [set(cookies) for cookies in seen] == [{FORM}, {SESSION, FORM, DEVICE}, {SESSION, NOTICE}]
    assert all(is_careful(cookie) for cookies in seen for cookie in cookies.values())
    assert seen[1][SESSION]["="].startswith("v4.local.")
    assert int(seen[1][SESSION]["max-age"]) <= ABSOLUTE_LIFE.total_seconds()
    assert (seen[1][FORM]["="].strip('"'), seen[1][FORM]["max-age"]) == ("", "0")
    assert (seen[2][SESSION]["="].strip('"'), seen[2][SESSION]["max-age"]) == ("", "0")


@each(READING)
async def test_what_is_read_sets_no_cookie(way: Way, estate: Estate, things: Belongings) -> None:
    for cookies in ({}, {SESSION: "v4.local.nonsense", FORM: "nonsense", NOTICE: "nonsense", "other": "x"}):
        answer = await estate.ask(way, things, cookies=cookies)
        assert "set-cookie" not in answer.headers
        assert answer.status_code in (200, 401)


@pytest.mark.parametrize(
    "path", ["/nothing", "/blog/nothing", "/media/x", "/static/x.css", "/theme.0.css", "/health/live"]
)
async def test_what_is_not_there_sets_no_cookie(anna: Site, path: str) -> None:
    async with anna.client() as client:
        assert "set-cookie" not in (await client.get(path)).headers


async def test_a_cookie_that_https_does_not_guard_is_none(anna: Site, estate: Estate) -> None:
    """What a neighbour under the same domain, or somebody on plain http, could have planted."""
    stay = await estate.stay()
    desk = Way("/admin", "GET")
    for name in ("terrace", "__Secure-terrace", "__host-terrace", "__Host-Terrace"):
        assert (await estate.ask(desk, NOTHING, cookies={name: stay.cookie})).status_code == 303
    assert (await estate.ask(desk, NOTHING, cookies={SESSION: stay.cookie})).status_code == 200


async def test_signing_in_takes_over_nobodys_session(anna: Site, estate: Estate) -> None:
    """A session or a form that somebody planted beforehand is not the one that is used afterwards."""
    planted, form = await estate.stay(Role.VIEWER), "0" * 32
    fields = {"email": anna.email(Role.OWNER), "password": PASSWORD, "csrf_token": estate.proof(planted.id)}
    headers = {"cookie": f"{SESSION}={planted.cookie}; {FORM}={form}"}
    async with anna.client() as client:
        answer = await client.post("/login", data=fields, headers=headers)
    cookies = cookies_of(Shown(answer))
    tokens, now = PasetoSessionTokens(estate.ring, anna.tenant.id), Rig().clock.now()
    claims = tokens.read(cookies[SESSION]["="], TokenKind.BROWSER, now=now)

    assert answer.status_code == 303
    assert claims is not None
    assert claims.session_id != planted.id
    assert cookies[FORM]["max-age"] == "0"


@pytest.mark.parametrize(
    "header",
    [
        "{name}",
        "{name}=",
        "=;;;=",
        "{name}=a; {name}=b",
        "{name}={good}x",
        "{name}=v4.local.",
        "{name}=" + "A" * 7000,
        '{name}="\\"',
        "{name}=\x01\x02",
        "{name}=\xff\xfe",
        "{name}-form='; DROP TABLE",
        "{name}-notice=trashed.../../x",
        "{name}-notice=<script>",
    ],
)
async def test_damaged_cookies_make_a_stranger(anna: Site, estate: Estate, header: str) -> None:
    good = (await estate.stay()).cookie
    given = header.replace("{name}", SESSION).replace("{good}", good).encode("latin-1")
    async with anna.client() as client:
        home, desk = [await client.get(path, headers={b"cookie": given}) for path in ("/", "/admin")]
    assert (home.status_code, desk.status_code) == (200, 303)
    assert "<script>alert" not in home.text
