"""Letters: decided on in a transaction, written and sent after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """*values* fill its template. Paths of links begin with `/`: the site's primary host is put before them when it is
    written, never the request's. *lang* is None for the site's own language."""

    kind: LetterKind
    to: str
    values: Mapping[str, str] = field(default_factory=dict)
    lang: str | None = None
    reply_to: str | None = None


class Outbox(Protocol):
    async def post(self, letter: Letter) -> None:
        """Have it sent when the transaction is committed, again and again until it is taken; never otherwise.

        Call it right before the commit. What is in it lies encrypted until then.
        """
        ...
