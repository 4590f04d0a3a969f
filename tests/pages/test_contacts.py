"""The form by which visitors write, and the inbox."""

import csv
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from io import StringIO
from secrets import token_hex
from typing import Any

import pytest
from sqlalchemy import update

from core.contacts.entities import Message, MessageState, SpamReason
from core.contacts.form import ContactForm, ExtraField, FieldKind
from core.contacts.storage import Folder, MessageQuery
from core.identity import Role
from core.site.entities import SECTIONS
from db.contacts import SqlFormStorage, SqlMessageStorage
from db.site import SiteRow
from db.tasks import SqlTaskStorage
from services.form_stamps import HmacFormStamps
from services.key_ring import KeyRing
from tests.api.house import House, Site
from tests.core.contacts_house import message, worked
from tests.pages.browser import Browser, Shown
from tests.pages.conftest import SignedIn

FORM, INBOX = "form.contact-form", "/admin/contacts"
WORDS = {"name": "Vera", "email": "vera@example.org"}
TOPIC = ExtraField(
    key="topic", label="What is it about?", kind=FieldKind.CHOICE, is_required=True, choices=("A job", "A talk")
)


async def kept(site: Site, text: str, folder: Folder = Folder.INBOX) -> list[Message]:
    async with site.sessions.open(site.tenant) as session:
        query = MessageQuery(folder=folder, text=text)
        return list((await SqlMessageStorage(session).list_slice(query, cursor=None, limit=10)).items)


async def has_message(site: Site, **changes: Any) -> Message:
    made = message(token_hex(16), **{"received_at": datetime.now(UTC), "text": f"Words {token_hex(4)}", **changes})
    async with site.sessions.open(site.tenant) as session:
        await SqlMessageStorage(session).add(made)
        await session.commit()
    return made


@asynccontextmanager
async def decided(site: Site, **changes: Any) -> AsyncIterator[None]:
    """The form as *changes* say, for a while."""
    async with site.sessions.open(site.tenant) as session:
        storage = SqlFormStorage(session)
        await storage.save_form(ContactForm(**changes, version=(await storage.form()).version))
        await session.commit()
    yield
    async with site.sessions.open(site.tenant) as session:
        await session.execute(update(SiteRow).values(contacts={}))
        await session.commit()


@pytest.fixture
async def stamp(house: House, anna: Site) -> str:
    """Of a form that somebody has had before her for a minute."""
    ring = await house.container.get(KeyRing)
    return HmacFormStamps(ring, anna.tenant.id).make(datetime.now(UTC) - timedelta(minutes=1))


async def sent(visitor: Browser, stamp: str, **typed: str) -> Shown:
    await visitor.site.forgive()
    return await visitor.submit(await visitor.get("/contacts"), FORM, **{**WORDS, "stamp": stamp, **typed})


async def test_a_visitor_writes_and_is_thanked(visitor: Browser, anna: Site, stamp: str) -> None:
    word = token_hex(8)

    answer = await sent(visitor, stamp, text=f"Hello\r\n{word}", work=worked(stamp))

    assert (answer.status, answer.location) == (303, "/contacts")
    assert (await visitor.get("/contacts")).texts(".notice") == ["Thank you: your message has arrived."]
    [one] = await kept(anna, word)
    assert (one.text, one.state, one.reasons, one.lang) == (f"Hello\n{word}", MessageState.UNREAD, (), "en")
    assert one.client
    async with anna.sessions.open(anna.tenant) as session:
        assert "send_mail" in {task.kind for task in await SqlTaskStorage(session).list_all()}


async def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(visitor: Browser, stamp: str) -> None:
    async with decided(visitor.site, fields=(TOPIC,), consent="I **agree**.", consent_html="<p>I agree.</p>"):
        page = await sent(visitor, stamp, text="Words", email="vera", telegram="@v", extra__topic="")

    assert page.status == 422
    for name in ("email", "telegram", "extra-topic", "has_agreed"):
        assert page.has(f"#f-{name}-error")
        assert page.one(f"#f-{name}").attributes["aria-invalid"] == "true"
    _, fields = page.form(FORM)
    assert (fields["text"], fields["email"], fields["telegram"]) == ("Words", "vera", "@v")
    assert fields["stamp"] != stamp


@pytest.mark.parametrize("wrong", ["", "1.x", "0.0"])
async def test_an_old_or_foreign_form_is_shown_again_with_all_that_was_typed(visitor: Browser, wrong: str) -> None:
    page = await sent(visitor, wrong, text="Words")

    assert page.status == 422
    assert page.texts("#form-message") == ["The form was open for too long. Please send it once more."]
    assert page.form(FORM)[1]["text"] == "Words"


async def test_a_program_is_thanked_like_everybody_and_read_by_nobody(visitor: Browser, anna: Site, stamp: str) -> None:
    word = token_hex(8)

    answer = await sent(visitor, stamp, text=word, website="https://spam.example")

    assert answer.status == 303
    [one] = await kept(anna, word, Folder.SPAM)
    assert one.reasons == (SpamReason.TRAP, SpamReason.NO_WORK)


async def test_the_sixth_message_of_an_hour_waits(visitor: Browser, stamp: str) -> None:
    assert (await sent(visitor, stamp, text="Words")).status == 303
    for _ in range(5):
        await visitor.submit(await visitor.get("/contacts"), FORM, **WORDS, text="More words", stamp=stamp)
    page = await visitor.submit(await visitor.get("/contacts"), FORM, **WORDS, text="More words", stamp=stamp)

    assert page.status == 429
    assert int(page.answer.headers["retry-after"]) > 0
    assert page.form(FORM)[1]["text"] == "More words"


async def test_a_closed_form_leaves_the_other_ways(visitor: Browser, stamp: str) -> None:
    page = await visitor.get("/contacts")
    async with decided(visitor.site, is_open=False):
        closed = await visitor.get("/contacts")
        answer = await visitor.submit(page, FORM, **WORDS, text="Words", stamp=stamp)

    assert closed.status == 200
    assert not closed.has(FORM)
    assert "The form is closed at the moment." in closed.one(".lead").text()
    assert answer.status == 409


async def test_a_site_without_the_section_has_no_form(visitor: Browser, owner: Browser, anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        off = {"sections": [section for section in SECTIONS if section != "contacts"]}
        await client.patch("/api/v1/site", headers={"if-match": "*"}, json=off)
        try:
            closed = await visitor.get("/contacts")
            assert closed.status == 404
            assert "message" not in closed.one("main").text()
            assert "/contacts" not in [
                str(node.attributes["href"]) for node in (await visitor.get("/")).tree.css(".ways a")
            ]
            assert (await owner.get(INBOX)).has(".inbox-off")
        finally:
            everything = {"sections": list(SECTIONS)}
            await client.patch("/api/v1/site", headers={"if-match": "*"}, json=everything)
    assert (await visitor.get("/")).one(".ways a[href='/contacts']").text() == "Write to me"


async def test_owner_switches_the_form_on_in_the_settings(owner: Browser) -> None:
    page = await owner.get("/admin/settings")
    assert "checked" in page.one("input[name=contacts]").attributes
    saved = await owner.press(page, "form.settings", contacts="on", matrix="on")
    assert "checked" in saved.one("input[name=contacts]").attributes


async def test_inbox_shows_counts_and_finds_words(owner: Browser, anna: Site) -> None:
    word = token_hex(8)
    one = await has_message(anna, text=f"Ask {word}", name="Ё <b>")
    await has_message(anna, text=f"Buy {word}", state=MessageState.SPAM)

    page = await owner.get(f"{INBOX}?q={word.upper()}")

    assert page.texts(".message-item .item-title a") == ["Unread: Ё <b>"]
    assert page.one(".message-item .item-title a").attributes["href"] == f"{INBOX}/messages/{one.id}"
    assert len(page.texts(".segments label")) == len(Folder)
    fragment = await owner.fragment(f"{INBOX}?q={word}&folder=spam")
    assert fragment.texts(".message-snippet") == [f"Buy {word}"]
    assert not fragment.has(".rail")
    assert (await owner.get(f"{INBOX}?q=none{word}")).texts(".empty p") == [
        "No message matches this search.",
        "Show all messages",
    ]
    assert (await owner.get(f"{INBOX}?page=9999")).status == 404


async def test_the_menu_says_how_many_wait(owner: Browser, signed_in: SignedIn, anna: Site) -> None:
    await has_message(anna)
    author = await signed_in(anna, Role.AUTHOR)

    page = await owner.get("/admin")
    menu = page.one(".rail-news")
    news = await owner.fragment(str(menu.attributes["hx-get"]))

    assert "unread message" in menu.text()
    assert menu.attributes["hx-trigger"] == "news from:body", "it came with the page"
    assert page.has(".counts a[href='/admin/contacts?folder=unread']")
    assert "unread message" in news.answer.text
    assert news.answer.headers["cache-control"] == "private, no-store"
    assert not (await author.get("/admin")).has(".rail-news")


async def test_several_are_moved_thrown_away_and_taken_back(owner: Browser, anna: Site) -> None:
    word = token_hex(8)
    ids = [(await has_message(anna, text=f"{word} {number}")).id for number in range(2)]
    boxes = {f"message-{one}": "yes" for one in ids}

    page = await owner.get(f"{INBOX}?q={word}")
    nothing = await owner.press_for(422, page, "form.bulk", deed="archived")
    await owner.press(page, "form.bulk", deed="archived", **boxes)
    archived = await owner.get(f"{INBOX}?q={word}&folder=archived")
    assert nothing.texts(".alert") == ["Choose some messages first."]
    assert len(archived.texts(".message-item")) == 2
    trashed = await owner.press(archived, "form.bulk", deed="trash", **boxes)
    assert trashed.texts(".notice") == ["Moved to the trash: 2."]
    trash = await owner.get(f"{INBOX}?q={word}&folder=trash")
    await owner.press(trash, "form.bulk", deed="restore", **boxes)
    assert {one.state for one in await kept(anna, word, Folder.ARCHIVED)} == {MessageState.ARCHIVED}


async def test_a_message_is_read_noted_given_away_and_answered(owner: Browser, anna: Site) -> None:
    one = await has_message(anna, telegram="@vera", reasons=(SpamReason.NO_WORK,), text=f"<b>{token_hex(8)}</b>")
    address = f"{INBOX}/messages/{one.id}"
    page = await owner.get(address)
    assert page.texts(".message-text") == [one.text]
    assert page.one(".message-ways a[href^='https://t.me/']").text() == "@vera"
    assert page.one("#keeping").attributes["hx-post"] == f"{address}/reading"

    token = page.form("#keeping")[1]["csrf_token"]
    read = await owner.post(f"{address}/reading", {"csrf_token": token}, hx_request="true", origin=anna.url)
    assert (read.status, read.form("#keeping")[1]["state"]) == (200, "read")
    assert "hx-post" not in read.one("#keeping").attributes

    stale = await owner.press_for(409, page, "#keeping", note="Mine")
    assert stale.form("#keeping")[1]["note"] == "Mine"
    assignee = stale.tree.css("#f-assignee_id option")[1].attributes["value"]
    saved = await owner.press(stale, "#keeping", state="read", note="Call her", assignee_id=str(assignee))
    assert saved.form("#keeping")[1]["note"] == "Call her"
    too_long = await owner.press_for(422, saved, "#keeping", note="x" * 2001)
    assert too_long.has("#f-note-error")

    empty = await owner.press_for(422, saved, "form.message-reply", text=" ")
    assert empty.has("#f-text-error")
    answered = await owner.press(saved, "form.message-reply", text="Gladly.")
    assert answered.texts(".notice") == ["Your answer is on its way."]
    assert answered.texts(".message-answer .message-text") == ["Gladly."]
    [kept_one] = await kept(anna, one.text, Folder.ANSWERED)
    assert (kept_one.note, kept_one.assignee_id) == ("Call her", assignee)

    gone = await owner.press(answered, ".message-side > form:last-of-type")
    assert gone.has(".notice form")
    back = await owner.press(gone, ".notice form")
    assert back.texts("h1") == ["Vera"]


async def test_without_an_address_there_is_no_form_to_answer(owner: Browser, anna: Site) -> None:
    one = await has_message(anna, email="", other="+46 70")
    page = await owner.get(f"{INBOX}/messages/{one.id}")

    assert not page.has("form.message-reply")
    token = page.form("#keeping")[1]["csrf_token"]
    fields = {"csrf_token": token, "text": "Gladly."}
    refused = await owner.post(f"{INBOX}/messages/{one.id}/reply", fields, origin=anna.url)
    assert refused.status == 409


async def test_a_folder_is_taken_along_as_csv(owner: Browser, anna: Site) -> None:
    word = token_hex(8)
    await has_message(anna, text=f"{word}", name="=cmd()")

    answer = await owner.submit(await owner.get(f"{INBOX}?q={word}"), "form.inbox-export")

    assert answer.answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "anna-messages.csv" in answer.answer.headers["content-disposition"]
    rows = list(csv.DictReader(StringIO(answer.answer.text.removeprefix("\ufeff"))))
    assert [(row["name"], row["message"]) for row in rows] == [("'=cmd()", word)]


async def test_all_about_an_address_is_handed_over_and_erased(owner: Browser, anna: Site) -> None:
    address = f"{token_hex(6)}@example.org"
    for state in (MessageState.READ, MessageState.SPAM):
        await has_message(anna, email=address, state=state)

    page = await owner.press_for(200, await owner.get(INBOX), ".inbox-about form", address=address.upper())
    assert len(page.texts(".message-item")) == 2
    told = await owner.submit(page, "form[action$=disclosure]")
    assert {one["email"] for one in json.loads(told.answer.content)["messages"]} == {address}
    unsure = await owner.press_for(422, page, "form[action$=erasure]", again="x")
    assert unsure.has("#f-again-error")
    erased = await owner.press(page, "form[action$=erasure]", again=address)
    assert erased.texts(".notice") == ["Messages erased for good: 2."]
    nothing = await owner.press_for(200, erased, ".inbox-about form", address=address)
    assert nothing.texts(".empty p") == ["Nothing is kept about this address."]
    wrong = await owner.press_for(422, erased, ".inbox-about form", address="a")
    assert wrong.has("#f-address-error")


async def test_owner_decides_what_the_form_asks(owner: Browser, visitor: Browser) -> None:
    page = await owner.get(f"{INBOX}/settings")
    typed = {
        "field__0__label": "What is it about?",
        "field__0__kind": "choice",
        "field__0__choices": "A job\r\n\r\nA  talk",
        "field__0__required": "yes",
        "consent": "I **agree**.",
        "retention_days": "30",
        "is_open": "yes",
    }
    try:
        saved = await owner.press(page, "form.settings", **typed)
        again = await owner.press_for(422, saved, "form.settings", field__1__label="x", field__1__kind="choice")
        days = await owner.press_for(422, saved, "form.settings", retention_days="ten")
        stale = await owner.press_for(409, page, "form.settings", consent="Mine")
        form = await visitor.get("/contacts")
    finally:
        async with decided(owner.site):
            pass

    assert saved.form("form.settings")[1]["field-0-choices"] == "A job\nA talk"
    assert saved.form("form.settings")[1]["field-0-key"] == "what-is-it-about"
    assert again.has("#f-field-1-choices-error")
    assert days.has("#f-retention_days-error")
    assert stale.form("form.settings")[1]["consent"] == "Mine"
    assert form.texts("#f-extra-what-is-it-about option") == ["Choose …", "A job", "A talk"]
    assert form.one("#consent strong").text() == "agree"
    assert "30 days" in form.one(".contact-foot").text()


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.EDITOR, 403), (Role.MODERATOR, 200)])
async def test_messages_are_for_moderators_and_owners(signed_in: SignedIn, anna: Site, role: Role, status: int) -> None:
    browser = await signed_in(anna, role)

    page = await browser.get(INBOX)

    assert page.status == status
    assert (await browser.get("/admin")).has(".rail a[href='/admin/contacts']") is (status == 200)
    assert (await browser.get(f"{INBOX}/settings")).status == 403
