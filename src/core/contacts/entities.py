"""What visitors write to the people of a site."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from core.contacts.errors import NoAddress
from core.errors import Problem, refuse_if_any
from core.identity import UserId
from core.text import N_

MessageId = NewType("MessageId", str)

NAME_LENGTH = 100
EMAIL_LENGTH = 254
TELEGRAM_LENGTH = 64
OTHER_LENGTH = 300
TEXT_LENGTH = 5_000
EXTRA_LENGTH = 1_000
NOTE_LENGTH = 2_000
REPLY_LENGTH = 10_000
REPLIES_MAX = 50


class MessageState(StrEnum):
    UNREAD = "unread"
    READ = "read"
    ANSWERED = "answered"
    ARCHIVED = "archived"
    SPAM = "spam"


class SpamReason(StrEnum):
    """Why a message looks like spam. Rows hold the values."""

    TRAP = "trap"
    QUICK = "quick"
    NO_STAMP = "no_stamp"
    NO_WORK = "no_work"
    WRONG_WORK = "wrong_work"
    REPEATED = "repeated"
    LINKS = "links"
    MARKUP = "markup"
    LINK_IN_NAME = "link_in_name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """An answer to a question of the site's own, under the label that it had then."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was sent to whoever wrote, by whom."""

    at: datetime
    by_name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """*email*, *telegram* and *other* are the ways to answer, at least one of them given. *consent* is the sentence
    that was agreed to; *client* a hash of the address by a key that changes. *score* of 100 or more was taken for
    spam."""

    id: MessageId
    received_at: datetime
    name: str
    text: str
    email: str = ""
    telegram: str = ""
    other: str = ""
    extra: tuple[Extra, ...] = ()
    consent: str = ""
    lang: str = ""
    client: str = ""
    state: MessageState = MessageState.UNREAD
    note: str = ""
    assignee_id: UserId | None = None
    replies: tuple[Reply, ...] = ()
    score: int = 0
    reasons: tuple[SpamReason, ...] = ()
    trashed_at: datetime | None = None
    version: int = 1

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.text)

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways to answer that were given."""
        return tuple(way for way in (self.email, self.telegram, self.other) if way)

    def edited(self, wanted: MessageWishes) -> Message:
        """Raises Invalid."""
        if len(wanted.note) > NOTE_LENGTH:
            refuse_if_any([_too_long("note", NOTE_LENGTH)])
        return replace(self, state=wanted.state, note=wanted.note.strip(), assignee_id=wanted.assignee_id)

    def replied(self, text: str, *, by_name: str, at: datetime) -> Message:
        """Raises Invalid, or NoAddress."""
        found = [] if text.strip() else [Problem.of("text", N_("Write an answer."))]
        if len(text) > REPLY_LENGTH:
            found.append(_too_long("text", REPLY_LENGTH))
        refuse_if_any(found)
        if not self.email:
            raise NoAddress
        replies = (*self.replies, Reply(at=at, by_name=by_name, text=text.strip()))[-REPLIES_MAX:]
        return replace(self, state=MessageState.ANSWERED, replies=replies)


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWishes:
    """What somebody at the desk decides about a message."""

    state: MessageState
    note: str = ""
    assignee_id: UserId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the site to whom a message can be given."""

    id: UserId
    name: str
    email: str
    is_owner: bool = False
    locale: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long a message stays, what looks like spam, what lies in the trash, and the client's hash."""

    kept: timedelta
    spam: timedelta
    trash: timedelta
    client: timedelta

    def ends_at(self, message: Message) -> datetime:
        """When the message is erased."""
        life = min(self.kept, self.spam) if message.state is MessageState.SPAM else self.kept
        end = message.received_at + life
        return end if message.trashed_at is None else min(end, message.trashed_at + self.trash)


def new_message_id() -> MessageId:
    """An opaque id, 128 random bits."""
    return MessageId(secrets.token_hex(16))


def fingerprint(text: str) -> str:
    """Equal for texts that say the same but for case, digits, punctuation and space: bulk letters differ in those."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return sha256(" ".join(words).encode(errors="surrogatepass")).hexdigest()[:32]


def folded_way(text: str) -> str:
    """A way to answer as it is compared: `@Anna` and `anna` are one."""
    return text.strip().removeprefix("https://t.me/").removeprefix("@").casefold()


def _too_long(field: str, limit: int) -> Problem:
    return Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit)
