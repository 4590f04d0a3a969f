"""One id for one request, in every answer and every line of the log."""

from __future__ import annotations

import re
import secrets

HEADER = b"x-request-id"
_SANE = re.compile(rb"[A-Za-z0-9_-]{8,64}")


def request_id_of(headers: list[tuple[bytes, bytes]]) -> str:
    """The caller's id when it is a harmless token and the only one, else a new one."""
    given = [value for name, value in headers if name == HEADER]
    if len(given) == 1 and _SANE.fullmatch(given[0]):
        return given[0].decode("ascii")
    return new_request_id()


def new_request_id() -> str:
    return secrets.token_hex(16)
