from dataclasses import replace
from datetime import timedelta

import pytest

from core.access import Action
from core.contacts.entities import Extra, Message, MessageState, SpamReason
from core.contacts.errors import ContactsClosed
from core.contacts.form import ExtraField, FieldKind
from core.contacts.limits import LETTERS_PER_SITE, SEND_PER_CLIENT, SEND_PER_SITE, STAMP_LIFE
from core.contacts.sending import Sent
from core.contacts.use_cases.send_message import SendMessage
from core.errors import Invalid, TooMany, Unauthenticated
from core.events import EventKind
from core.identity import Role, UserId
from core.limits import Client
from core.mail import LetterKind
from core.tasks import TaskKind
from tests.core.contacts_house import SENT, ContactsHouse, message
from tests.core.house import CLIENT
from tests.core.makers import NOW

TOPIC = ExtraField(
    key="topic", label="What is it about?", kind=FieldKind.CHOICE, is_required=True, choices=("A job", "A talk")
)
FIRM = ExtraField(key="firm", label="Firm")


async def sent_by(house: ContactsHouse, sent: Sent, client: Client = CLIENT) -> Message:
    return await house.make(SendMessage)(sent, client=client)


def fields(refused: pytest.ExceptionInfo[Exception]) -> list[str]:
    assert isinstance(refused.value, Invalid)
    return [problem.field for problem in refused.value.problems]


async def test_a_visitor_writes_and_the_owner_is_told(house: ContactsHouse) -> None:
    sent = replace(SENT, name=" Vera  K. ", telegram="https://t.me/vera_k", **house.stamped())

    kept = await sent_by(house, sent)

    assert house.kept(house.messages) == {kept.id: kept}
    assert (kept.name, kept.telegram, kept.state, kept.score) == ("Vera K.", "@vera_k", MessageState.UNREAD, 0)
    assert kept.client == "client in 2026-05"
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to, letter.reply_to) == (
        LetterKind.MESSAGE_RECEIVED,
        "owner@example.org",
        "vera@example.org",
    )
    assert SENT.text in letter.values["message"]
    assert letter.values["path"] == f"/admin/contacts/messages/{kept.id}"
    assert house.kept(house.events) == [(EventKind.MESSAGE_RECEIVED, kept.id, {"has_email": True})]
    [task] = house.kept(house.tasks).values()
    assert (task.kind, task.due_at) == (TaskKind.EXPIRE_MESSAGES, NOW + timedelta(days=30))


async def test_who_is_chosen_is_told_without_the_words(house: ContactsHouse) -> None:
    house.has_form(tells_owners=False, told=(UserId("moderator"),))

    await sent_by(house, replace(SENT, email="", other="+46 70 000"))

    [letter] = house.kept(house.outbox)
    assert (letter.to, letter.values["message"], letter.reply_to) == ("moderator@example.org", "", None)


async def test_where_nobody_is_told_no_letter_is_written(house: ContactsHouse) -> None:
    house.has_form(tells_owners=False)

    await sent_by(house, SENT)

    assert house.kept(house.outbox) == []
    assert len(house.kept(house.events)) == 1


async def test_a_flood_of_messages_is_no_flood_of_letters(house: ContactsHouse) -> None:
    for number in range(LETTERS_PER_SITE.times + 2):
        await sent_by(house, replace(SENT, text=f"{chr(97 + number)} words"), Client(key=str(number)))

    assert len(house.kept(house.outbox)) == LETTERS_PER_SITE.times
    assert len(house.kept(house.messages)) == LETTERS_PER_SITE.times + 2


async def test_answers_to_questions_of_the_site_are_kept_with_their_labels(house: ContactsHouse) -> None:
    house.has_form(fields=(TOPIC, FIRM), consent="I agree.")

    kept = await sent_by(house, replace(SENT, extra={"topic": "A talk", "firm": " "}, has_agreed=True))

    assert kept.extra == (Extra(label=TOPIC.label, value="A talk"),)
    assert kept.consent == "I agree."


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"name": " ", "text": " "}, ["name", "text"]),
        ({"email": "", "telegram": " ", "other": ""}, ["email"]),
        ({"email": "vera@example"}, ["email"]),
        ({"email": "vera@example.org, all@example.org"}, ["email"]),
        ({"telegram": "@x"}, ["telegram"]),
        ({"name": "n" * 101, "text": "t" * 5001, "other": "o" * 301}, ["name", "other", "text"]),
        ({"extra": {"topic": "Money", "firm": "f" * 1001}}, ["extra.topic", "extra.firm"]),
        ({"extra": {"age": "7"}}, ["extra.topic", "extra.age"]),
        ({"has_agreed": False}, ["has_agreed"]),
    ],
)
async def test_what_is_wrong_is_named(house: ContactsHouse, change: dict[str, object], wrong: list[str]) -> None:
    house.has_form(fields=(TOPIC, FIRM), consent="I agree.")
    right = replace(SENT, extra={"topic": "A job"}, has_agreed=True)

    with house.refuses(Invalid) as refused:
        await sent_by(house, replace(right, **change))  # type: ignore[arg-type]  # the table names fields of every type
    assert fields(refused) == wrong


@pytest.mark.parametrize("telegram", ["@vera_k", "vera_k", "+46 70 123 45 67"])
async def test_telegram_alone_is_a_way_to_answer(house: ContactsHouse, telegram: str) -> None:
    kept = await sent_by(house, replace(SENT, email="", telegram=telegram))

    assert kept.ways == ("@vera_k" if "vera" in telegram else telegram,)


async def test_a_closed_form_takes_nothing(house: ContactsHouse) -> None:
    house.has_form(is_open=False)

    with house.refuses(ContactsClosed):
        await sent_by(house, SENT)


@pytest.mark.parametrize("stamp", ["", "of another site"])
async def test_a_stamp_that_is_not_ours_is_refused(house: ContactsHouse, stamp: str) -> None:
    with house.refuses(Invalid) as refused:
        await sent_by(house, replace(SENT, stamp=stamp))
    assert fields(refused) == ["stamp"]


async def test_a_stamp_of_yesterday_is_refused(house: ContactsHouse) -> None:
    stamp = house.stamps.make(NOW)
    house.clock.at += STAMP_LIFE + timedelta(seconds=1)

    with house.refuses(Invalid) as refused:
        await sent_by(house, replace(SENT, stamp=stamp))
    assert fields(refused) == ["stamp"]


async def test_what_looks_like_spam_is_put_aside_and_nobody_is_told(house: ContactsHouse) -> None:
    kept = await sent_by(house, replace(SENT, trap="https://spam.example", **house.stamped()))

    assert (kept.state, kept.reasons) == (MessageState.SPAM, (SpamReason.TRAP,))
    assert set(house.kept(house.messages)) == {kept.id}
    assert house.kept(house.outbox) == []
    assert house.kept(house.events) == []


async def test_the_third_of_the_same_is_spam_whoever_sends_it(house: ContactsHouse) -> None:
    for number in range(2):
        house.has_message(message(str(number), text="Buy 5 now!"))

    kept = await sent_by(house, replace(SENT, text="BUY 17 NOW", **house.stamped()))

    assert (kept.state, kept.reasons) == (MessageState.SPAM, (SpamReason.REPEATED,))


async def test_work_counts_for_one_message(house: ContactsHouse) -> None:
    marks = house.stamped()

    first = await sent_by(house, replace(SENT, **marks))
    second = await sent_by(house, replace(SENT, text="Something else", **marks))

    assert (first.reasons, second.reasons) == ((), (SpamReason.WRONG_WORK,))


async def test_wrong_work_adds_to_the_score(house: ContactsHouse) -> None:
    marks = {**house.stamped(), "work": "wrong"}

    kept = await sent_by(house, replace(SENT, **marks))

    assert (kept.reasons, kept.state) == ((SpamReason.WRONG_WORK,), MessageState.UNREAD)


async def test_one_client_cannot_write_endlessly(house: ContactsHouse) -> None:
    for _ in range(SEND_PER_CLIENT.times):
        await sent_by(house, SENT)

    with house.refuses(TooMany):
        await sent_by(house, SENT)


async def test_many_clients_cannot_fill_one_inbox(house: ContactsHouse) -> None:
    for number in range(SEND_PER_SITE.times):
        await sent_by(house, SENT, Client(key=str(number)))

    with house.refuses(TooMany):
        await sent_by(house, SENT, Client(key="another"))


async def test_who_may_not_write_is_refused(house: ContactsHouse) -> None:
    house.admits(Role.VISITOR)
    house.forbids(Action.SEND_MESSAGE)

    with house.refuses(Unauthenticated):
        await sent_by(house, SENT)
