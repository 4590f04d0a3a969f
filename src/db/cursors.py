"""Places in a list that is sorted by time and key, newest first, as opaque text."""

import base64
import binascii
import json
from datetime import datetime

from core.errors import Invalid, Problem
from core.text import N_

_LENGTH = 300


def written(at: datetime, key: str) -> str:
    packed = json.dumps([at.isoformat(), key], separators=(",", ":"))
    return base64.urlsafe_b64encode(packed.encode()).decode().rstrip("=")


def read(cursor: str) -> tuple[datetime, str]:
    """Raises Invalid on what *written* did not make."""
    try:
        if len(cursor) > _LENGTH:
            raise ValueError
        at, key = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        moment = datetime.fromisoformat(at)
        if not isinstance(key, str) or moment.tzinfo is None or written(moment, key) != cursor:
            raise ValueError
    except (ValueError, TypeError, RecursionError, binascii.Error):
        raise Invalid(Problem.of("cursor", N_("This is not a place in the list."))) from None
    return moment, key
