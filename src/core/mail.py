"""Letters: decided on in a transaction, written and sent after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from core.errors import TerraceError, Unavailable
from core.tasks import TaskInVain
from core.text import N_


class LetterKind(StrEnum):
    """What can be written to somebody. Each has its words in `templates/mail`."""

    INVITATION = "invitation"
    RESET_LINK = "reset_link"
    SIGN_IN_CHANGED = "sign_in_changed"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGED = "email_changed"
    NEW_DEVICE = "new_device"
    MESSAGE_RECEIVED = "message_received"
    MESSAGE_REPLY = "message_reply"
    WEBHOOK_OFF = "webhook_off"


VALUES: Mapping[LetterKind, frozenset[str]] = {
    LetterKind.INVITATION: frozenset({"name", "inviter", "path", "days"}),
    LetterKind.RESET_LINK: frozenset({"name", "path", "hours"}),
    LetterKind.SIGN_IN_CHANGED: frozenset({"name", "what", "path"}),
    LetterKind.EMAIL_CHANGE: frozenset({"name", "path", "hours"}),
    LetterKind.EMAIL_CHANGED: frozenset({"name", "new_email"}),
    LetterKind.NEW_DEVICE: frozenset({"name", "device", "at", "path"}),
    LetterKind.MESSAGE_RECEIVED: frozenset({"sender", "message", "path"}),
    LetterKind.MESSAGE_REPLY: frozenset({"name", "text", "author", "message"}),
    LetterKind.WEBHOOK_OFF: frozenset({"receiver", "at", "path"}),
}
"""What the words of each kind need. *path* is where its link leads, *at* a moment (ISO 8601 with its zone), *days* and
*hours* are numbers; *what* of SIGN_IN_CHANGED is one of CHANGES."""

CHANGES = (
    "password",
    "totp_added",
    "totp_removed",
    "passkey_added",
    "passkey_removed",
    "recovery_codes",
    "factors_reset",
)
"""What can have changed about somebody's way of signing in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """*values* fill its template: exactly what VALUES names for its *kind*. Paths of links begin with `/`: the site's
    primary host is put before them when it is written, never the request's. *lang* is None for the site's own
    language."""

    kind: LetterKind
    to: str
    values: Mapping[str, str] = field(default_factory=dict)
    lang: str | None = None
    reply_to: str | None = None

    def __post_init__(self) -> None:
        """A word that is missing is told to who decides on the letter, not to the runner hours later."""
        if self.values.keys() != VALUES[self.kind]:
            raise ValueError(
                f"a letter of kind {self.kind} needs {sorted(VALUES[self.kind])}, got {sorted(self.values)}"
            )


class Outbox(Protocol):
    async def post(self, letter: Letter) -> None:
        """Have it sent when the transaction is committed, again and again until it is taken; never otherwise.

        Call it right before the commit. What is in it lies encrypted until then.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLetter:
    """A letter in words. *id* stays the same over all tries, so that one that arrives twice can be known.

    *sender_name* is the site's title, *host* its primary hostname.
    """

    id: str
    to: str
    sender_name: str
    host: str
    subject: str
    text: str
    html: str
    reply_to: str | None = None


class MailNotTaken(Unavailable):
    """*reason* is for the operator."""

    code = "mail_not_taken"
    message = N_("The letter was not taken: %(reason)s")

    def __init__(self, *, reason: str) -> None:
        TerraceError.__init__(self, reason=reason)
        self.retry_after = 60


class MailRefused(TaskInVain):
    """No mail server will ever take this letter for its recipient. *reason* is for the operator."""

    code = "mail_refused"
    message = N_("The letter was refused for good: %(reason)s")

    def __init__(self, *, reason: str) -> None:
        super().__init__(reason=reason)


class LetterWriter(Protocol):
    async def write(self, letter: Letter, *, letter_id: str) -> WrittenLetter:
        """*letter* in its language, with the site's name and whole links."""
        ...


class Postman(Protocol):
    async def deliver(self, letter: WrittenLetter) -> None:
        """Hand it to a mail server for good. Raises MailNotTaken (try again later) or MailRefused (do not)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SpooledLetter:
    """One that was kept instead of sent, under *name*."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str
    html: str


class Spool(Protocol):
    """Letters of a deployment that sends none: for work and for trials."""

    async def list_newest(self) -> Sequence[SpooledLetter]:
        """The newest first, not more than a hundred."""
        ...

    async def find(self, name: str) -> SpooledLetter | None: ...
