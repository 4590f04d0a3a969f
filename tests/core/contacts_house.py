"""A site that takes messages."""

from itertools import count
from typing import Any

from core.contacts.entities import Member, Message, MessageId
from core.contacts.sending import Sent
from core.contacts.spam import is_worked
from core.contacts.tidings import Tidings
from core.identity import Role, UserId
from tests.core.fakes.contacts import FakeMarks, FakeMembers, FakeStamps, MemoryForms, MemoryMessages
from tests.core.house import House, somebody
from tests.core.makers import NOW

SENT = Sent(name="Vera", email="vera@example.org", text="Would you speak at our meeting?", lang="en")


class ContactsHouse(House):
    """The owner, an author and a moderator work here."""

    def __init__(self) -> None:
        super().__init__()
        self.messages = MemoryMessages()
        self.forms = MemoryForms()
        self.members = FakeMembers(*map(colleague, (Role.OWNER, Role.AUTHOR, Role.MODERATOR)))
        self.stamps = FakeStamps()
        self.marks = FakeMarks()
        self.transaction.join(self.messages, self.forms)

    @property
    def tidings(self) -> Tidings:
        return self.make(Tidings)

    def has_message(self, message: Message) -> Message:
        self.messages.kept[message.id] = message
        self.transaction.settle()
        return message

    def has_form(self, **decided: Any) -> None:
        self.forms.kept = type(self.forms.kept)(**decided)
        self.transaction.settle()

    def stamped(self, *, seconds: int = 60, is_worked_out: bool = True) -> dict[str, Any]:
        """The marks of a form that somebody has had before her for *seconds*."""
        shown_at = self.clock.now().timestamp() - seconds
        stamp = f"stamp:{shown_at:.0f}"
        return {"stamp": stamp, "work": worked(stamp) if is_worked_out else ""}


def colleague(role: Role) -> Member:
    actor = somebody(role)
    return Member(
        id=UserId(role.value), name=actor.name, email=actor.email, is_owner=role is Role.OWNER, locale=actor.locale
    )


def message(key: str = "one", **changes: Any) -> Message:
    """Its id is *key*."""
    plain: dict[str, Any] = {"name": "Vera", "email": "vera@example.org", "text": f"Words of {key}."}
    return Message(**{"id": MessageId(key), "received_at": NOW, **plain, **changes})


def worked(stamp: str) -> str:
    return next(str(number) for number in count() if is_worked(stamp, str(number)))
