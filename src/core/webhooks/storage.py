"""What webhooks need from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.pagination import NumberedPage
from core.webhooks.deliveries import Delivery, DeliveryId, Reply
from core.webhooks.entities import Webhook, WebhookId


class WebhookStorage(Protocol):
    """This site's webhooks."""

    async def list_all(self) -> Sequence[Webhook]:
        """In the order in which they were made."""
        ...

    async def get(self, webhook_id: WebhookId) -> Webhook:
        """Raises WebhookNotFound."""
        ...

    async def find_locked(self, webhook_id: WebhookId) -> Webhook | None:
        """Nobody else changes it until the transaction ends."""
        ...

    async def count(self) -> int: ...

    async def add(self, webhook: Webhook) -> None: ...

    async def save(self, webhook: Webhook) -> Webhook:
        """Under the next version. Raises StaleVersion, or WebhookNotFound."""
        ...

    async def note_health(self, webhook: Webhook) -> None:
        """Only since when it fails and until when it rests: what people read and change stays as it is."""
        ...

    async def delete(self, webhook_id: WebhookId) -> None:
        """With its deliveries."""
        ...


class DeliveryStorage(Protocol):
    """What was told to the receivers of this site, and what they said."""

    async def list_page(self, webhook_id: WebhookId, *, number: int, size: int) -> NumberedPage[Delivery]:
        """The newest first."""
        ...

    async def get(self, webhook_id: WebhookId, delivery_id: DeliveryId) -> Delivery:
        """Raises DeliveryNotFound, for one of another webhook too."""
        ...

    async def find(self, delivery_id: DeliveryId) -> Delivery | None: ...

    async def add(self, delivery: Delivery) -> None: ...

    async def save(self, delivery: Delivery) -> None:
        """Nothing when it has been deleted meanwhile."""
        ...

    async def delete_older(self, before: datetime) -> None: ...

    async def oldest(self) -> datetime | None:
        """When the oldest one was made."""
        ...


class Courier(Protocol):
    async def post(self, url: str, body: str, headers: Mapping[str, str]) -> Reply:
        """Send *body* (JSON) to *url* and hear what is said. Takes 10 seconds at most; raises nothing.

        The address that is connected to is the one that was looked at, at *url* and wherever it leads on; a private one
        is never contacted.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Somebody to be told when something is wrong."""

    email: str
    locale: str | None = None


class OwnerDirectory(Protocol):
    async def list_owners(self) -> Sequence[Owner]:
        """Those who can sign in."""
        ...
