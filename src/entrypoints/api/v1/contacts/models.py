"""Messages as programs see and send them."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.contacts.entities import (
    EMAIL_LENGTH,
    NAME_LENGTH,
    NOTE_LENGTH,
    OTHER_LENGTH,
    REPLY_LENGTH,
    TELEGRAM_LENGTH,
    TEXT_LENGTH,
    Message,
    MessageState,
    MessageWishes,
    SpamReason,
)
from core.contacts.sending import Sent
from core.contacts.storage import Folder, MessageQuery
from core.identity import UserId
from entrypoints.api.models import MomentShown, Paging, Shown, Wanted

ID = "5eed5eed5eed5eed5eed5eed5eed5eed"
MESSAGE_EXAMPLE: JsonDict = {
    "id": ID,
    "received_at": "2026-03-01T09:05:00Z",
    "name": "Vera",
    "email": "vera@example.org",
    "telegram": "",
    "other": "",
    "text": "Would you speak at our meeting in May?",
    "extra": [{"label": "Where do you work?", "value": "Acme"}],
    "consent": "",
    "lang": "en",
    "state": "unread",
    "note": "",
    "assignee_id": None,
    "replies": [],
    "score": 20,
    "reasons": ["no_work"],
    "trashed_at": None,
    "version": 1,
}
RECEIVED_EXAMPLE: JsonDict = {"id": ID, "received_at": "2026-03-01T09:05:00Z"}


class MessageWanted(Wanted):
    """A message to the people of the site. At least one of *email*, *telegram* and *other* says how to answer. *extra*
    answers the questions of `/contacts/form` by their keys; *stamp* comes from there and *work* solves what it asks:
    both may be left out, and then count a little towards spam."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "Vera", "email": "vera@example.org", "text": "Would you speak at our meeting in May?"}
            ]
        }
    )

    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]
    text: Annotated[str, Field(json_schema_extra={"maxLength": TEXT_LENGTH})]
    email: Annotated[str, Field(json_schema_extra={"maxLength": EMAIL_LENGTH})] = ""
    telegram: Annotated[str, Field(json_schema_extra={"maxLength": TELEGRAM_LENGTH})] = ""
    other: Annotated[str, Field(json_schema_extra={"maxLength": OTHER_LENGTH})] = ""
    extra: dict[str, str] = Field(default_factory=dict)
    has_agreed: bool = False
    stamp: str | None = None
    work: str = ""

    def sent(self, lang: str) -> Sent:
        return Sent(**self.model_dump(), lang=lang)


class MessageReceived(Shown):
    """That it has arrived; whether it was taken for spam is not told."""

    model_config = ConfigDict(json_schema_extra={"examples": [RECEIVED_EXAMPLE]})

    id: str
    received_at: MomentShown

    @classmethod
    def of(cls, message: Message) -> MessageReceived:
        return cls(id=message.id, received_at=message.received_at)


class ExtraShown(Shown):
    label: str
    value: str


class ReplyShown(Shown):
    at: MomentShown
    by_name: str
    text: str


class MessageShown(Shown):
    """*state* is the folder; *score* of 100 or more was taken for spam, for *reasons*."""

    model_config = ConfigDict(json_schema_extra={"examples": [MESSAGE_EXAMPLE]})

    id: str
    received_at: MomentShown
    name: str
    email: str
    telegram: str
    other: str
    text: str
    extra: tuple[ExtraShown, ...]
    consent: str
    lang: str
    state: MessageState
    note: str
    assignee_id: str | None
    replies: tuple[ReplyShown, ...]
    score: int
    reasons: tuple[SpamReason, ...]
    trashed_at: MomentShown | None
    version: int

    @classmethod
    def of(cls, message: Message) -> MessageShown:
        plain = ("extra", "replies")
        return cls(
            **{name: getattr(message, name) for name in cls.model_fields if name not in plain},
            extra=tuple(ExtraShown(label=one.label, value=one.value) for one in message.extra),
            replies=tuple(ReplyShown(at=one.at, by_name=one.by_name, text=one.text) for one in message.replies),
        )


class MessagesShown(Shown):
    """Newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [MESSAGE_EXAMPLE], "next_cursor": None}]})

    items: tuple[MessageShown, ...]
    next_cursor: str | None


class MessagesQuery(Paging):
    folder: Annotated[Folder, Field(description="Which: `inbox` holds what is unread, read or answered.")] = (
        Folder.INBOX
    )
    q: Annotated[str, Field(max_length=200, description="Words in it, whatever the case.")] = ""
    assignee: Annotated[str | None, Field(description="The id of whoever it was given to.")] = None

    @property
    def wanted(self) -> MessageQuery:
        return MessageQuery(folder=self.folder, text=self.q, assignee_id=UserId(self.assignee or "") or None)


class MessageKeeping(Wanted):
    """What is decided about a message."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"state": "archived", "note": "Answered by phone.", "assignee_id": None}]}
    )

    state: MessageState
    note: Annotated[str, Field(json_schema_extra={"maxLength": NOTE_LENGTH})] = ""
    assignee_id: str | None = None

    @classmethod
    def of(cls, message: Message) -> MessageKeeping:
        return cls(state=message.state, note=message.note, assignee_id=message.assignee_id)

    def wishes(self) -> MessageWishes:
        assignee = None if self.assignee_id is None else UserId(self.assignee_id)
        return MessageWishes(state=self.state, note=self.note, assignee_id=assignee)


class ReplyWanted(Wanted):
    """What is sent by mail; answers to it go to your own address."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"text": "Gladly. On which day?"}]})

    text: Annotated[str, Field(json_schema_extra={"maxLength": REPLY_LENGTH})]


class StatesWanted(Wanted):
    """Up to a hundred messages at once."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"messages": [ID], "state": "archived"}]})

    messages: tuple[str, ...]
    state: MessageState


class CountShown(Shown):
    """How many messages it was."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"count": 1}]})

    count: int


class AddressWanted(Wanted):
    """An e-mail address, a name at Telegram, a phone number: whatever somebody gave."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"address": "vera@example.org"}]})

    address: str


class DisclosureShown(Shown):
    """All that is kept about an address, the trash and spam included, oldest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [MESSAGE_EXAMPLE]}]})

    items: tuple[MessageShown, ...]
