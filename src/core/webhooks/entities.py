"""Who is told of what happens, and where."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NewType
from urllib.parse import SplitResult, urlsplit

from core.errors import Problem, refuse_if_any
from core.events import EventKind
from core.limits import Limit
from core.reach import Reach, address_of
from core.text import N_

WebhookId = NewType("WebhookId", str)

WEBHOOKS_MAX = 20
URL_LENGTH = 2_000
DESCRIPTION_LENGTH = 200
SECRETS_OVERLAP = timedelta(hours=24)
"""How long the secret before still signs beside the new one."""
FAILS_FOR = timedelta(days=3)
"""A webhook that has not answered for so long is switched off."""
FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
ASKED_PER_SITE = Limit(name="webhook_asked", times=60, seconds=3600)
"""Test events and redeliveries: people press a button now and then, nobody's server is a target."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """*secret* and *previous_secret* lie sealed; the one before signs until *previous_until*. *failing_since* is set
    while nothing arrives; until *resting_until* nothing is tried, so that a receiver which keeps silent holds up
    nobody else's deliveries."""

    id: WebhookId
    url: str
    events: tuple[EventKind, ...]
    description: str
    secret: str
    created_at: datetime
    previous_secret: str = ""
    previous_until: datetime | None = None
    is_active: bool = True
    failing_since: datetime | None = None
    resting_until: datetime | None = None
    version: int = 1

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or self.url

    def edited(self, wanted: WebhookWanted) -> Webhook:
        """Resumed, it begins anew. *wanted* has been checked."""
        changed = replace(
            self,
            url=wanted.url.strip(),
            events=wanted.kinds,
            description=wanted.description.strip(),
            is_active=wanted.is_active,
        )
        is_fresh = changed.url != self.url or (wanted.is_active and not self.is_active)
        return replace(changed, failing_since=None, resting_until=None) if is_fresh else changed

    def rotated(self, sealed: str, *, now: datetime) -> Webhook:
        return replace(self, secret=sealed, previous_secret=self.secret, previous_until=now + SECRETS_OVERLAP)

    def signing_secrets(self, now: datetime) -> tuple[str, ...]:
        """Sealed, the newest first."""
        is_overlap = bool(self.previous_secret) and self.previous_until is not None and now < self.previous_until
        return (self.secret, self.previous_secret) if is_overlap else (self.secret,)

    def answered(self) -> Webhook:
        return replace(self, failing_since=None, resting_until=None)

    def failed(self, *, now: datetime, is_silent: bool) -> Webhook:
        """*is_silent*: it kept us waiting, so that it rests for a while, the longer the longer it fails."""
        since = self.failing_since or now
        rest = min(max(FIRST_REST, (now - since) / 4), LONGEST_REST)
        return replace(self, failing_since=since, resting_until=now + rest if is_silent else self.resting_until)

    def is_given_up(self, now: datetime) -> bool:
        return self.failing_since is not None and now - self.failing_since >= FAILS_FOR

    def switched_off(self) -> Webhook:
        """*failing_since* stays: it says why."""
        return replace(self, is_active=False, resting_until=None)

    def rests_until(self, now: datetime) -> datetime | None:
        return self.resting_until if self.resting_until is not None and now < self.resting_until else None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookWanted:
    """As somebody typed it, not yet checked. *events* are values of EventKind."""

    url: str
    events: tuple[str, ...]
    description: str = ""
    is_active: bool = True

    @property
    def kinds(self) -> tuple[EventKind, ...]:
        """In the order of the catalogue, each once."""
        return tuple(kind for kind in EventKind if kind.value in self.events)

    def check(self, reach: Reach) -> None:
        """Raise Invalid naming each field."""
        found = [*_url_problems(self.url.strip(), reach), *_event_problems(self.events)]
        if len(self.description) > DESCRIPTION_LENGTH:
            found.append(_too_long("description", DESCRIPTION_LENGTH))
        refuse_if_any(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeWebhook:
    """*secret* is told this once."""

    webhook: Webhook
    secret: str


def new_webhook(wanted: WebhookWanted, sealed: str, *, at: datetime) -> Webhook:
    """Under an opaque id, 128 random bits. *wanted* has been checked."""
    return Webhook(
        id=WebhookId(secrets.token_hex(16)),
        url=wanted.url.strip(),
        events=wanted.kinds,
        description=wanted.description.strip(),
        secret=sealed,
        created_at=at,
        is_active=wanted.is_active,
    )


def facts_of_webhook(webhook: Webhook) -> dict[str, str]:
    """For the audit: no secret."""
    return {
        "url": webhook.url,
        "events": ", ".join(webhook.events),
        "description": webhook.description,
        "is_active": str(webhook.is_active).lower(),
    }


def is_private_target(url: str, reach: Reach) -> bool:
    """Whether *url* names an address that nothing is delivered to; what a name leads to is seen when it is."""
    parts = _split(url)
    address = address_of(parts.hostname or "") if parts else None
    return address is not None and not reach.allows(str(address))


def _url_problems(url: str, reach: Reach) -> list[Problem]:
    if not url:
        return [Problem.of("url", N_("Write the address that events are sent to."))]
    if len(url) > URL_LENGTH:
        return [_too_long("url", URL_LENGTH)]
    parts = _split(url)
    if parts is None or not url.isprintable() or " " in url or "\\" in url:
        return [Problem.of("url", N_("This is no web address. It begins with https:// and has no spaces."))]
    if reach.needs_https and parts.scheme != "https":
        return [Problem.of("url", N_("Events are sent over https:// only."))]
    if parts.username is not None or parts.fragment:
        return [Problem.of("url", N_("Leave out the name and password, and whatever follows #."))]
    if is_private_target(url, reach):
        return [Problem.of("url", N_("Nothing is sent to private addresses. Use one that is public."))]
    return []


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        is_whole = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # no number, or none of a port; brackets around no address
        return None
    return parts if is_whole else None


def _event_problems(events: Sequence[str]) -> list[Problem]:
    known = {kind.value for kind in EventKind}
    found = [
        Problem.of(f"events.{place}", N_("There is no such event."))
        for place, event in enumerate(events)
        if event not in known
    ]
    return found if found or events else [Problem.of("events", N_("Choose at least one event."))]


def _too_long(field: str, limit: int) -> Problem:
    return Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit)
