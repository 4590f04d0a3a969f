"""How a receiver knows that an event came from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Signatures(Protocol):
    """By Standard Webhooks 1.0.0 (https://www.standardwebhooks.com), symmetric scheme `v1`."""

    def make_secret(self) -> str:
        """`whsec_` and 256 random bits."""
        ...

    def sign(self, secret: str, *, event_id: str, at: datetime, body: str) -> str:
        """`v1,` and the signature of *body* under *event_id*, sent at *at* (to the second)."""
        ...


def signed_headers(
    signatures: Signatures, secrets: Sequence[str], *, event_id: str, at: datetime, body: str
) -> dict[str, str]:
    """A signature by each of *secrets*, space separated, so that a receiver may know either."""
    made = (signatures.sign(secret, event_id=event_id, at=at, body=body) for secret in secrets)
    return {
        "webhook-id": event_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(made),
    }
