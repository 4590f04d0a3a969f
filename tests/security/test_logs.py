"""What the log of a busy hour says, and what it must not."""

import re
from typing import Any

import pytest

from core.identity import Role
from tests.api.house import PASSWORD, Site
from tests.api.pictures import png
from tests.isolation.estate import Estate
from tests.pages.browser import Browser
from tests.security.rig import Heard, listening

WRONG = "Tr0ub4dor&3-wrong"
ADDRESS = "198.51.100.77"
SECRET_SHAPES = re.compile(r"v4\.local\.[\w-]{8}|\$argon2|gAAAA\w{8}|__Host-terrace=|Bearer v4")


class Busy:
    """One hour at Anna's site, with every secret that came by."""

    def __init__(self, heard: Heard, secrets: list[str]) -> None:
        self.heard = heard
        self.secrets = secrets

    @property
    def requests(self) -> list[dict[str, Any]]:
        return self.heard.of("access")


@pytest.fixture(scope="module")
async def busy(house: object, estate: Estate) -> Busy:
    site = estate.site
    await site.forgive()
    things, secrets = await estate.belongings(), [PASSWORD, WRONG]
    with listening() as heard:
        browser = Browser(site)
        door = await browser.get("/login")
        await browser.submit(door, "form.stack", email=site.email(Role.OWNER), password=WRONG)
        await browser.sign_in(Role.OWNER)
        editor = await browser.get("/admin/blog/new")
        await browser.submit(editor, "form.editor", title="Written", body="words", lang="en")
        upload = {"file": ("p.png", png(), "image/png")}
        await browser.submit(await browser.get("/admin/media"), "form[enctype]", files=upload, alt="")
        await browser.get(f"/invitations/{things.token}")
        await browser.get(f"/invitations/{things.token[:-1]}x?token={things.token}")
        secrets += [str(value) for value in browser.client.cookies.values()]
        secrets += [str(door.form("form.stack")[1]["csrf_token"]), str(editor.form("form.editor")[1]["csrf_token"])]
        secrets.append(things.token)
        secrets += await _programs(site)
        await browser.submit(await browser.get("/admin"), "form[action='/logout']")
    return Busy(heard, secrets)


async def _programs(site: Site) -> list[str]:
    """What a program does in the same hour; its secrets."""
    async with site.client() as client:
        await client.post("/api/v1/sessions", json={"email": site.email(Role.AUTHOR), "password": WRONG})
        await client.post("/api/v1/sessions", content=f'{{"password": "{WRONG}"'.encode())
        credentials = {"email": site.email(Role.AUTHOR), "password": PASSWORD}
        keyed = {"idempotency-key": "signing-in-once"}
        tokens = (await client.post("/api/v1/sessions", json=credentials, headers=keyed)).json()
        wanted = {"refresh_token": tokens["refresh_token"]}
        fresh = (await client.post("/api/v1/sessions/refresh", json=wanted)).json()
    async with site.client(token=tokens["access_token"]) as client:
        await client.post("/api/v1/posts", json={"title": "By a program"})
        await client.post("/api/v1/media", files={"file": ("p.png", png(), "image/png")})
    async with site.client(token=f"{tokens['access_token']}x") as client:
        await client.get(f"/api/v1/whoami?access_token={tokens['access_token']}")
    return [pair[name] for pair in (tokens, fresh) for name in ("access_token", "refresh_token")]


def test_no_secret_is_written_down(busy: Busy) -> None:
    assert len(busy.secrets) > 8
    for secret in busy.secrets:
        assert secret not in busy.heard.text
    assert SECRET_SHAPES.search(busy.heard.text) is None


def test_each_request_is_one_line_that_says_whose(busy: Busy, estate: Estate) -> None:
    assert len(busy.requests) > 15
    ids = [line["http"]["request"]["id"] for line in busy.requests]
    assert len(set(ids)) == len(ids)
    for line in busy.requests:
        assert line["labels"]["tenant"] == "anna"
        assert line["user"]["id"]
        assert {"method", "id"} <= line["http"]["request"].keys()
        assert "?" not in line["url"]["path"]


def test_the_actor_is_who_acted(busy: Busy) -> None:
    actors = {(line["http"]["request"]["method"], line["url"]["path"]): line["user"]["id"] for line in busy.requests}
    assert re.fullmatch(r"[0-9a-f]{32}", actors["GET", "/admin/blog/new"])
    assert actors["POST", "/api/v1/posts"] not in ("visitor", actors["GET", "/admin/blog/new"])
    assert actors["GET", "/login"] == actors["GET", "/api/v1/whoami"] == "visitor"


def test_a_line_while_a_request_runs_names_it(busy: Busy) -> None:
    known = {line["http"]["request"]["id"] for line in busy.requests}
    for line in busy.heard.lines:
        # What is swept out of the store later names a request that has ended, perhaps one of another test.
        if "http" in line and line["log"]["logger"] != "terrace.store":
            assert line["http"]["request"]["id"] in known


async def test_nobody_writes_lines_of_her_own(anna: Site) -> None:
    forged = '\n{"message": "forged"}\r\n\x1b[31m'
    with listening() as heard:
        async with anna.client(**{"user-agent": "x", "x-request-id": "forged id"}) as client:  # type: ignore[arg-type]  # a header's name is no parameter's
            await client.get("/blog/" + "".join(f"%{ord(letter):02x}" for letter in forged))
            await client.post("/api/v1/sessions", json={"email": forged, "password": forged})
    assert all(line["message"] != "forged" for line in heard.lines)
    assert "\x1b" not in heard.text
    assert "forged id" not in heard.text
