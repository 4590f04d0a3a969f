"""People at the desk, oneself, and the ways to a new password: on a real database, with a real mail server."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from secrets import token_hex

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from dishka import AsyncContainer, Provider, Scope, provide
from pydantic import SecretStr
from sqlalchemy import select, update

from config.mail_settings import MailSettings
from core.clock import Clock
from core.identity import Role
from core.users.use_cases.request_password_reset import SOON
from db.audit import AuditEventRow
from db.users import UserRow
from dev import ports
from entrypoints.runner.running import Runner
from ioc.operator import operator_container
from ioc.runner_at_hand import RunnerAtHandProvider
from tests.api.house import PASSWORD, House, Site
from tests.isolation.estate import Estate
from tests.isolation.tokens import token_for
from tests.pages.browser import Browser, Shown

NEW = "quite another password"
FORM = "form.stack"
_LINK = re.compile(r"^https?://\S+", re.MULTILINE)


@dataclass
class Mailbox:
    taken: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=default))
        return "250 OK"


class LateClock:
    def now(self) -> datetime:
        return datetime.now(UTC) + SOON


class LateProvider(Provider):
    """The runner comes when what is due soon is due."""

    @provide(scope=Scope.APP)
    def clock(self) -> Clock:
        return LateClock()


@dataclass
class Post:
    """The mail server, and the runner that brings letters there."""

    mailbox: Mailbox
    runner: Runner

    async def to(self, address: str) -> list[EmailMessage]:
        """Letters that have arrived there since they were last asked for."""
        while await self.runner.run_due():
            pass
        found = [letter for letter in self.mailbox.taken if letter["To"] == address]
        self.mailbox.taken = [letter for letter in self.mailbox.taken if letter not in found]
        return found


@pytest.fixture(scope="module")
def mail_server() -> Iterator[tuple[Mailbox, int]]:
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=ports.pick(), ready_timeout=60)
    controller.start()
    yield mailbox, controller.port
    controller.stop()


@pytest.fixture(scope="module")
async def post(house: House, mail_server: tuple[Mailbox, int]) -> AsyncIterator[Post]:
    mailbox, port = mail_server
    mail = MailSettings(url=SecretStr(f"smtp://127.0.0.1:{port}"))
    settings = house.settings.model_copy(update={"mail": mail})
    container: AsyncContainer = operator_container(settings, RunnerAtHandProvider(), LateProvider())
    yield Post(mailbox=mailbox, runner=await container.get(Runner))
    await container.close()


@pytest.fixture
async def olga(house: House, anna: Site) -> str:
    """Somebody new at Anna's; her address."""
    email = f"olga-{token_hex(4)}@anna.example"
    await (await Estate.of(house, anna)).admit(email)
    await anna.forgive()
    return email


async def enter(browser: Browser, email: str, password: str = PASSWORD) -> Shown:
    return await browser.submit(await browser.get("/login"), FORM, email=email, password=password)


def link_in(letter: EmailMessage) -> str:
    """The path of the one link that a letter holds besides the site's own."""
    plain = letter.get_body(("plain",))
    assert plain is not None
    links = [link for link in _LINK.findall(plain.get_content()) if link.count("/") > 2]
    assert len(links) == 1
    return str(links[0])


async def actions(site: Site, subject: str) -> list[tuple[str, str]]:
    query = select(AuditEventRow.action, AuditEventRow.outcome).where(AuditEventRow.subject == subject)
    async with site.sessions.open(site.tenant) as session:
        return [(row[0], row[1]) for row in await session.execute(query.order_by(AuditEventRow.at))]


async def id_of(site: Site, email: str) -> str:
    async with site.sessions.open(site.tenant) as session:
        return str(await session.scalar(select(UserRow.id).where(UserRow.email == email)))


async def ask_for_link(site: Site, email: str, **headers: str) -> Shown:
    browser = Browser(site)
    page = await browser.get("/password-reset")
    action, fields = page.form(FORM)
    return await browser.post(action, {**fields, "email": email}, origin=site.url, **headers)


async def test_a_forgotten_password_is_replaced_once_and_all_sessions_end(anna: Site, post: Post, olga: str) -> None:
    stayed = Browser(anna)
    assert (await enter(stayed, olga)).status == 303
    await ask_for_link(anna, olga)
    [letter] = await post.to(olga)
    link = link_in(letter)
    assert link.startswith(f"{anna.url}/password-reset/")
    path = "/" + link.split("/", 3)[3]

    browser = Browser(anna)
    page = await browser.get(path)
    assert page.one("meta[name=referrer]").attributes["content"] == "same-origin"
    poor = await browser.press_for(422, page, FORM, password="short", password_again="shorter")
    assert poor.has("#f-password_again-error")
    done = await browser.press(page, FORM, password=NEW, password_again=NEW)

    assert "new password is set" in done.one(".notice").text()
    assert (await stayed.get("/admin")).location.startswith("/login")
    assert (await enter(Browser(anna), olga)).status == 422
    assert (await enter(Browser(anna), olga, NEW)).status == 303
    [told] = [one for one in await post.to(olga) if "has changed" in str(one["Subject"])]
    assert told["From"].addresses[0].username == "noreply"

    again = await browser.submit(page, FORM, password="a third password", password_again="a third password")
    assert again.status == 404
    assert (await enter(Browser(anna), olga, "a third password")).status == 422
    noted = await actions(anna, await id_of(anna, olga))
    assert ("password_reset.use", "done") in noted
    assert ("password_reset.use", "refused") in noted


@pytest.mark.parametrize("is_kept", [False, True])
async def test_her_tokens_end_with_a_forgotten_password_unless_she_keeps_them(
    house: House, anna: Site, post: Post, olga: str, *, is_kept: bool
) -> None:
    estate = await Estate.of(house, anna)
    secret = await token_for(anna, estate.ring, olga)
    await ask_for_link(anna, olga)
    [letter] = await post.to(olga)
    browser = Browser(anna)
    page = await browser.get("/" + link_in(letter).split("/", 3)[3])
    assert "checked" in page.one("input[name=end_tokens]").attributes
    choice = {"end_tokens": ""} if is_kept else {}
    poor = await browser.press_for(422, page, FORM, password="short", password_again="short", **choice)
    assert ("checked" in poor.one("input[name=end_tokens]").attributes) is not is_kept

    await browser.press(poor, FORM, password=NEW, password_again=NEW)

    async with anna.client(token=secret) as program:
        assert (await program.get("/api/v1/whoami")).status_code == (200 if is_kept else 401)


async def test_a_forged_host_gets_into_no_link(anna: Site, post: Post, olga: str) -> None:
    refused = await ask_for_link(anna, olga, host="evil.example")
    assert refused.status == 421
    await ask_for_link(anna, olga, x_forwarded_host="evil.example", forwarded="host=evil.example")

    [letter] = await post.to(olga)
    assert "evil" not in letter.as_string()
    assert link_in(letter).startswith(f"{anna.url}/password-reset/")


async def test_whether_somebody_is_here_is_told_to_nobody(anna: Site, post: Post, olga: str) -> None:
    known, unknown = await ask_for_link(anna, olga), await ask_for_link(anna, "nobody@anna.example")

    assert (known.status, known.location, known.answer.text) == (unknown.status, unknown.location, unknown.answer.text)
    assert sorted(known.answer.headers.keys()) == sorted(unknown.answer.headers.keys())
    assert len(await post.to(olga)) == 1
    assert await post.to("nobody@anna.example") == []


async def test_a_new_device_is_told_by_mail_and_a_known_one_is_not(anna: Site, post: Post, olga: str) -> None:
    first = Browser(anna)
    await enter(first, olga)
    await first.press(await first.get("/admin"), "form[action='/logout']")
    await enter(first, olga)
    assert await post.to(olga) == []

    second = Browser(anna)
    second.client.headers["user-agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
    await enter(second, olga)

    [letter] = await post.to(olga)
    assert "Firefox, Linux" in letter.as_string()
    sessions = await second.get("/admin/profile/sessions")
    assert "Firefox, Linux" in sessions.texts(".item-title")[0]
    assert len(sessions.texts(".item")) == 2
    left = await second.press(sessions, "form[action$='/sessions/others']")
    assert len(left.texts(".item")) == 1
    assert (await first.get("/admin")).location.startswith("/login")


async def test_a_member_tells_of_herself_and_changes_her_password(anna: Site, olga: str) -> None:
    browser = Browser(anna)
    await enter(browser, olga)
    page = await browser.get("/admin/profile")

    refused = await browser.press_for(422, page, "form[action='/admin/profile']", name="", bio="I *write*.")
    assert refused.has("#f-name-error")
    assert "I *write*." in refused.one("#f-bio").text()
    saved = await browser.press(page, "form[action='/admin/profile']", name="Olga", bio="I *write*.")
    assert saved.texts(".rail-user a") == ["Olga"]

    secret = "form[action='/admin/profile/password']"
    wrong = await browser.press_for(422, saved, secret, current_password="wrong", password=NEW, password_again=NEW)
    assert wrong.has("#f-current_password-error")
    assert NEW not in wrong.answer.text
    done = await browser.press(wrong, secret, current_password=PASSWORD, password=NEW, password_again=NEW)
    assert "new password is set" in done.one(".notice").text()
    assert (await enter(Browser(anna), olga, NEW)).status == 303


async def test_a_new_address_is_confirmed_there_and_told_to_the_old_one(anna: Site, post: Post, olga: str) -> None:
    browser, new = Browser(anna), f"new-{token_hex(4)}@anna.example"
    await enter(browser, olga)
    page = await browser.get("/admin/profile")
    form = "form[action='/admin/profile/email']"
    wrong = await browser.press_for(422, page, form, email=new, current_password="wrong")
    assert wrong.has("#f-email-password-error")
    assert wrong.one("#f-email").attributes["value"] == new
    await browser.press(page, form, email=new, current_password=PASSWORD)
    assert (await enter(Browser(anna), new)).status == 422

    [letter] = await post.to(new)
    path = "/" + link_in(letter).split("/", 3)[3]
    stranger = Browser(anna)
    asked = await stranger.get(path)
    assert (await enter(Browser(anna), new)).status == 422, "looking at the link changes nothing"
    await stranger.press(asked, FORM)

    assert (await enter(Browser(anna), new)).status == 303
    [told] = [one for one in await post.to(olga) if "address" in str(one["Subject"])]
    assert new in told.as_string()
    assert (await stranger.submit(asked, FORM)).status == 404


async def test_an_owner_invites_sends_again_and_takes_back(anna: Site, owner: Browser, post: Post) -> None:
    email = f"new-{token_hex(4)}@anna.example"
    page = await owner.get("/admin/users")
    refused = await owner.press_for(422, page, FORM, email="nobody", name="New", role="author")
    assert refused.has("#f-email-error")
    assert refused.one("#f-name").attributes["value"] == "New"
    listed = await owner.press(page, FORM, email=email, name="New", role="author")
    [letter] = await post.to(email)
    link = link_in(letter)
    shown = [str(node.attributes["value"]) for node in listed.tree.css("input[id^=link-]")]
    assert link in shown

    item = next(node for node in listed.tree.css("li[id^=i-]") if email in node.text())
    place = f"#{item.attributes['id']}"
    await owner.press(listed, f"{place} form[action$='/sending']")
    assert len(await post.to(email)) == 1
    gone = await owner.press(listed, f"{place} form[action$='/revocation']")
    assert email not in gone.answer.text
    assert (await Browser(anna).get("/" + link.split("/", 3)[3])).status == 404


async def test_an_owner_changes_a_role_shuts_out_and_deletes(anna: Site, owner: Browser, olga: str) -> None:
    hers = Browser(anna)
    await enter(hers, olga)
    user_id = await id_of(anna, olga)
    one = f"/admin/users/{user_id}"
    page = await owner.get(one)
    changed = await owner.press(page, f"form[action='{one}/role']", role="editor")
    assert "Editor" in changed.texts(".facts dd")
    assert (await hers.get("/admin/tags")).status != 403

    out = await owner.press(changed, f"form[action='{one}/disabling']")
    assert (await hers.get("/admin")).location.startswith("/login")
    assert (await enter(Browser(anna), olga)).status == 422
    let_in = await owner.press(out, f"form[action='{one}/enabling']")
    assert (await enter(Browser(anna), olga)).status == 303

    nobody = await owner.press_for(422, let_in, f"form[action='{one}/deletion']", heir="nobody")
    assert nobody.one("#f-heir").attributes["class"] == "form-select is-invalid"
    await owner.press(let_in, f"form[action='{one}/deletion']")
    assert (await owner.get(one)).status == 404
    assert {action for action, _ in await actions(anna, user_id)} >= {"user.set_role", "user.disable", "user.delete"}


async def test_the_owner_cannot_shut_herself_out(anna: Site, owner: Browser) -> None:
    user_id = await id_of(anna, anna.email(Role.OWNER))
    page = await owner.get(f"/admin/users/{user_id}")
    assert not page.has("form[action$='/disabling'], form[action$='/deletion']")

    refused = await owner.post(f"/admin/users/{user_id}/disabling", {"csrf_token": await owner.token()})
    assert refused.status == 409
    assert "yourself" in refused.one("#form-message").text()


async def test_readers_see_what_an_author_tells_of_herself(anna: Site, visitor: Browser) -> None:
    slug = "owner-of-anna"
    async with anna.client(Role.OWNER) as client:
        body = {"title": f"Told {token_hex(4)}", "body": "Words.", "lang": "en"}
        made = await client.post("/api/v1/posts", json=body)
        await client.put(f"{made.headers['location']}/publication", headers={"if-match": "*"})
        slug = made.json()["author"]["slug"]
    told = {
        "bio": "I *write*.",
        "bio_html": "<p>I <em>write</em>.</p>",
        "links": [{"label": "Code", "url": "https://c"}],
    }
    async with anna.sessions.open(anna.tenant) as session:
        await session.execute(update(UserRow).where(UserRow.email == anna.email(Role.OWNER)).values(profile=told))
        await session.commit()

    page = await visitor.get(f"/blog/authors/{slug}")

    assert page.one(".author .prose em").text() == "write"
    assert page.one(".author-links a").attributes["href"] == "https://c"
