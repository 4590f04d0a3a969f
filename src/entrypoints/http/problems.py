"""Problem details (RFC 9457) for what is decided before any face of a site is reached, and their words."""

from __future__ import annotations

import json

from core.text import N_

MEDIA_TYPE = b"application/problem+json"

_WORDS = {
    400: ("bad_request", N_("Bad request"), N_("The request cannot be understood.")),
    404: ("not_found", N_("Not found"), N_("There is nothing here.")),
    405: ("method_not_allowed", N_("Method not allowed"), N_("This address does not answer to this method.")),
    408: ("timeout", N_("Request timeout"), N_("The request did not arrive in full.")),
    421: ("unknown_host", N_("Misdirected request"), N_("There is no site at this address.")),
    500: ("internal_error", N_("Internal error"), N_("Something went wrong.")),
    503: (
        "unavailable",
        N_("Service unavailable"),
        N_("This is not available at the moment. Please try again shortly."),
    ),
}


ELSEWHERE = N_("Send this to %(url)s.")


def words(status: int) -> tuple[str, str, str]:
    """The code, title and detail of *status*, the latter two as msgids."""
    return _WORDS.get(status, _WORDS[500])


def problem_body(status: int, *, code: str, title: str, detail: str, request_id: str, **more: object) -> bytes:
    """The problem as bytes; title and detail are translated already."""
    problem = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id,
        **more,
    }
    return json.dumps(problem, ensure_ascii=False).encode()
