"""What others may want to hear of at once: those who subscribed get it after the commit (webhooks)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol

Detail = str | int | bool | None | list[str]


class EventKind(StrEnum):
    """Named noun.happened. Subscriptions and deliveries hold the values; integrators compare them."""

    POST_PUBLISHED = "post.published"
    POST_UPDATED = "post.updated"
    POST_WITHDRAWN = "post.withdrawn"
    POST_TRASHED = "post.trashed"
    QUESTION_PUBLISHED = "question.published"
    QUESTION_UPDATED = "question.updated"
    QUESTION_WITHDRAWN = "question.withdrawn"
    SUGGESTION_RECEIVED = "suggestion.received"
    MESSAGE_RECEIVED = "message.received"
    USER_JOINED = "user.joined"


class Events(Protocol):
    async def tell(self, kind: EventKind, *, subject: str, details: Mapping[str, Detail]) -> None:
        """Have those who subscribed to *kind* told of *subject* (its id) once the transaction is committed.

        *details* is what anybody may read who may subscribe: no secrets, no message's text. One statement, none of it
        where nobody subscribed. Call it right before the commit.
        """
        ...
