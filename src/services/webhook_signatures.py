import base64
import secrets
from datetime import UTC, datetime

from standardwebhooks import Webhook

PREFIX = "whsec_"
BYTES = 32
"""The specification asks for 24 at least."""


class StandardSignatures:
    """By the reference library of Standard Webhooks."""

    def make_secret(self) -> str:
        return PREFIX + base64.b64encode(secrets.token_bytes(BYTES)).decode()

    def sign(self, secret: str, *, event_id: str, at: datetime, body: str) -> str:
        # The library takes the clock's face for UTC, whatever the zone.
        signed: str = Webhook(secret).sign(event_id, at.astimezone(UTC), body)
        return signed
