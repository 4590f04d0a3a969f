import pytest

from core.access import Action
from core.contacts.entities import REPLIES_MAX, MessageState, Reply
from core.contacts.errors import MessageNotFound, NoAddress
from core.contacts.use_cases.reply_to_message import ReplyToMessage
from core.errors import Forbidden, Invalid, StaleVersion, TerraceError, Unauthenticated
from core.identity import Role
from core.mail import LetterKind
from tests.core.contacts_house import ContactsHouse, message
from tests.core.makers import NOW


async def test_moderator_answers_by_mail(house: ContactsHouse) -> None:
    house.has_message(message(lang="ru"))
    house.admits(Role.MODERATOR)

    saved = await house.make(ReplyToMessage)("one", " Gladly. ", expected=1)

    assert house.kept(house.messages) == {"one": saved}
    assert (saved.state, saved.replies) == (
        MessageState.ANSWERED,
        (Reply(at=NOW, by_name="Moderator", text="Gladly."),),
    )
    [letter] = house.kept(house.outbox)
    assert (letter.kind, letter.to, letter.reply_to, letter.lang) == (
        LetterKind.MESSAGE_REPLY,
        "vera@example.org",
        "moderator@example.org",
        "ru",
    )
    assert letter.values == {"name": "Vera", "text": "Gladly.", "message": "Words of one.", "author": "Moderator"}
    assert [recorded.action for recorded in house.kept(house.audit)] == [Action.REPLY_MESSAGE]


async def test_the_latest_answers_are_kept(house: ContactsHouse) -> None:
    replies = tuple(Reply(at=NOW, by_name="", text=str(number)) for number in range(REPLIES_MAX))
    house.has_message(message(replies=replies))
    house.admits(Role.OWNER)

    saved = await house.make(ReplyToMessage)("one", "last")

    assert [reply.text for reply in (saved.replies[0], saved.replies[-1])] == ["1", "last"]
    assert len(saved.replies) == REPLIES_MAX


@pytest.mark.parametrize("text", [" ", "x" * 10_001])
async def test_an_answer_has_words_but_not_too_many(house: ContactsHouse, text: str) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    with house.refuses(Invalid):
        await house.make(ReplyToMessage)("one", text)


async def test_without_an_address_nobody_can_be_answered(house: ContactsHouse) -> None:
    house.has_message(message(email="", telegram="@vera"))
    house.admits(Role.OWNER)

    with house.refuses(NoAddress):
        await house.make(ReplyToMessage)("one", "Gladly.")


async def test_what_is_not_there_cannot_be_answered(house: ContactsHouse) -> None:
    house.admits(Role.OWNER)

    with house.refuses(MessageNotFound):
        await house.make(ReplyToMessage)("one", "Gladly.")


async def test_who_saw_an_older_version_is_told(house: ContactsHouse) -> None:
    house.has_message(message())
    house.admits(Role.OWNER)

    with house.refuses(StaleVersion):
        await house.make(ReplyToMessage)("one", "Gladly.", expected=2)


@pytest.mark.parametrize(("role", "error"), [(Role.EDITOR, Forbidden), (Role.VISITOR, Unauthenticated)])
async def test_who_may_not_is_refused(house: ContactsHouse, role: Role, error: type[TerraceError]) -> None:
    house.has_message(message())
    house.admits(role)

    with house.refuses(error):
        await house.make(ReplyToMessage)("one", "Gladly.")
