"""What was done by whom: written with the change itself, kept unchanged, trimmed by age only."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, NewType, Protocol

from core.access import Access, Action, Explanation, Owned, Scope
from core.errors import Forbidden
from core.identity import ANONYMOUS, Actor, UserId

AuditEventId = NewType("AuditEventId", str)

Facts = Mapping[str, str]
"""What of a thing counts, by the name of its field, as text. Never a secret, a password, a token or a message."""


class AuditOutcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEvent:
    """*subject* is an id, *label* what people call it; *before* and *after* hold what changed and nothing else.

    *actor_name* and *role* are as they were then. *client* is a keyed hash of the address, by a key of the site that
    changes; *token* the API token by which it was done.
    """

    id: AuditEventId
    at: datetime
    action: Action
    outcome: AuditOutcome
    actor_id: UserId | None
    actor_name: str
    role: str
    subject: str = ""
    label: str = ""
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)
    client: str = ""
    request_id: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where something is done from: *client* as in AuditEvent (empty for the operator), *request_id* the request,
    or the operator's command, or the runner's task; the log's lines have the same."""

    client: str = ""
    request_id: str = ""


class AuditTrail(Protocol):
    """Knows who acts and by which request."""

    async def record(
        self,
        action: Action,
        *,
        subject: str = "",
        label: str = "",
        before: Facts | None = None,
        after: Facts | None = None,
        actor: Actor | None = None,
    ) -> None:
        """Write down, within the use case's transaction, that the actor does *action*: call it right before the commit.

        Of *before* and *after* what is equal in both is left out. *actor* is named where somebody became who she is
        only by what she does; else it is whoever asks.
        """
        ...


class Refusals(Protocol):
    """What was refused at this request."""

    def note(
        self, action: Action, *, actor: Actor = ANONYMOUS, subject: str = "", label: str = "", reason: str = ""
    ) -> None:
        """Have it written down that *actor* may not do *action*, or that what she showed to do it is worth nothing.

        *reason* is the error's code. Neither waits nor fails: it is written after the answer, in a transaction of its
        own whatever became of the request's, and so many times only per client and site.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedAccess:
    """*access*, whose refusals of members are noted; that a visitor is asked to sign in is none."""

    access: Access
    refusals: Refusals

    @property
    def actor(self) -> Actor:
        return self.access.actor

    def require(self, action: Action, *, on: Owned | None = None) -> None:
        try:
            self.access.require(action, on=on)
        except Forbidden as error:
            self.refusals.note(action, actor=self.actor, subject=str(getattr(on, "id", "")), reason=error.code)
            raise

    def can(self, action: Action, *, on: Owned | None = None) -> bool:
        return self.access.can(action, on=on)

    def scope(self, action: Action) -> Scope:
        return self.access.scope(action)

    def explain(self, action: Action, *, on: Owned | None = None) -> Explanation:
        return self.access.explain(action, on=on)


def changed(before: Facts, after: Facts) -> tuple[dict[str, str], dict[str, str]]:
    """Both without what is equal in them."""
    return (
        {name: said for name, said in before.items() if after.get(name) != said},
        {name: said for name, said in after.items() if before.get(name) != said},
    )


LABEL_LENGTH = 200
FACT_LENGTH = 500


class Entity(Protocol):
    """Any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Any]]


def facts_of(thing: Entity, *, without: Collection[str] = ()) -> dict[str, str]:
    """The fields of an entity as facts; long texts by their beginnings."""
    return {field.name: _said(getattr(thing, field.name)) for field in fields(thing) if field.name not in without}


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (tuple, list)):
        return ", ".join(map(_said, value))[:FACT_LENGTH]
    if is_dataclass(value) and not isinstance(value, type):
        return " ".join(said for field in fields(value) if (said := _said(getattr(value, field.name))))
    return str(value)[:FACT_LENGTH]


def labelled(text: str) -> str:
    """*text* as a label: whatever somebody typed, short and without what cannot be kept."""
    return text.replace("\0", "")[:LABEL_LENGTH].encode(errors="replace").decode()


def new_audit_event_id() -> AuditEventId:
    """An opaque id, 128 random bits."""
    return AuditEventId(secrets.token_hex(16))
