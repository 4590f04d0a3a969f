"""The context's demand on the outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.contacts.entities import Keeping, Member, Message, MessageId, MessageState
from core.contacts.form import ContactForm
from core.identity import UserId
from core.pagination import NumberedPage, Slice


class Folder(StrEnum):
    """INBOX holds what is unread, read or answered; each state has a folder of its own as well."""

    INBOX = "inbox"
    UNREAD = "unread"
    READ = "read"
    ANSWERED = "answered"
    ARCHIVED = "archived"
    SPAM = "spam"
    TRASH = "trash"


INBOX_STATES = (MessageState.UNREAD, MessageState.READ, MessageState.ANSWERED)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageQuery:
    """*text* is looked for in names, ways to answer, messages and notes, whatever the case."""

    folder: Folder = Folder.INBOX
    text: str = ""
    assignee_id: UserId | None = None


class MessageStorage(Protocol):
    """This site's messages."""

    async def add(self, message: Message) -> None: ...

    async def get(self, message_id: MessageId | str) -> Message:
        """Also from the trash. Raises MessageNotFound."""
        ...

    async def save(self, message: Message) -> Message:
        """Return it with the next version. Raises StaleVersion, or MessageNotFound."""
        ...

    async def list_numbered(self, query: MessageQuery, *, number: int, size: int) -> NumberedPage[Message]:
        """Newest first."""
        ...

    async def list_slice(self, query: MessageQuery, *, cursor: str | None, limit: int) -> Slice[Message]:
        """Newest first; a cursor comes from the slice before."""
        ...

    async def count(self) -> Mapping[Folder, int]:
        """Of each folder; one query."""
        ...

    async def count_alike(self, fingerprint: str, *, since: datetime) -> int:
        """How many of the same fingerprint came since then, wherever they lie."""
        ...

    async def set_state(self, message_ids: Sequence[str], state: MessageState) -> int:
        """Of those that are there and not in the trash; how many changed."""
        ...

    async def set_trashed(self, message_ids: Sequence[str], at: datetime | None) -> int:
        """Into the trash, or with None back from it; how many changed."""
        ...

    async def list_about(self, address: str) -> Sequence[Message]:
        """All that came from *address* or name it, whatever the case and wherever they lie, oldest first."""
        ...

    async def erase(self, message_ids: Sequence[str]) -> int:
        """For good; how many there were."""
        ...

    async def expire(self, keeping: Keeping, *, now: datetime) -> int:
        """Erase what *keeping* ends by now, and forget clients; how many messages were erased."""
        ...

    async def next_end(self, keeping: Keeping) -> datetime | None:
        """When `expire` has something to do the next time."""
        ...


class FormStorage(Protocol):
    async def form(self) -> ContactForm:
        """The defaults when nobody has saved any."""
        ...

    async def save_form(self, form: ContactForm) -> ContactForm:
        """Return it with the next version. Raises StaleVersion."""
        ...


class MemberDirectory(Protocol):
    async def list_members(self) -> Sequence[Member]:
        """Everybody of the site who may sign in, by name."""
        ...


class FormStamps(Protocol):
    """When a form was shown, by our own word: signed, for one site."""

    def make(self, at: datetime) -> str: ...

    def issued_at(self, stamp: str) -> datetime | None:
        """None for what we did not make for this site."""
        ...


class ClientMarks(Protocol):
    def mark(self, client: str, at: datetime) -> str:
        """What stands for *client* (a Client's key) in the month of *at*, and leads nowhere in the next."""
        ...
