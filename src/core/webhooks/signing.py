"""Signatures by Standard Webhooks 1.0.0 (https://www.standardwebhooks.com), symmetric scheme `v1`."""

from __future__ import annotations

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

SECRET_PREFIX = "whsec_"  # noqa: S105 - what all secrets begin with, no secret
SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits; the specification asks for 192 at least."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, *, event_id: str, timestamp: int, body: str) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = f"{event_id}.{timestamp}.{body}".encode()
    return "v1," + base64.b64encode(hmac.new(key, signed, sha256).digest()).decode()


def signed_headers(secrets_: Sequence[str], *, event_id: str, at: datetime, body: str) -> dict[str, str]:
    """A signature by each of *secrets_*, space separated, so that a receiver may know either."""
    timestamp = int(at.timestamp())
    made = (signature(secret, event_id=event_id, timestamp=timestamp, body=body) for secret in secrets_)
    return {"webhook-id": event_id, "webhook-timestamp": str(timestamp), "webhook-signature": " ".join(made)}
