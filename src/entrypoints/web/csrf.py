"""Forms are accepted from our own pages only."""

from __future__ import annotations

from typing import Any, Protocol

from litestar import Request

from core.errors import Forbidden
from core.text import N_
from entrypoints.http.context import facts_of

FIELD = "csrf_token"
HEADER = "x-csrf-token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN = frozenset({"same-origin", "none"})


class CsrfTokens(Protocol):
    """Proofs bound to a site and to a subject: the session, or the cookie of an anonymous form."""

    def make(self, tenant_id: str, subject: str) -> str: ...

    def is_valid(self, token: str, tenant_id: str, subject: str) -> bool: ...


class ForeignForm(Forbidden):
    code = "foreign_form"
    message = N_("This form did not come from a page of this site.")


class ExpiredForm(Forbidden):
    """Ours by all signs, but its proof is missing, too old, or of another session."""

    code = "expired_form"
    message = N_("The form was open for too long, or you signed in or out meanwhile.")


def refuse_foreign(request: Request[Any, Any, Any]) -> None:
    """Raise ForeignForm when the browser says that another site sent this. Both headers absent: the token decides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in _OWN:
        raise ForeignForm
    origin = request.headers.get("origin")
    if origin is not None and origin != facts_of(request.scope).base_url:
        raise ForeignForm


def is_surely_ours(request: Request[Any, Any, Any]) -> bool:
    """Whether the browser itself says so; then what was typed may be shown again for another try."""
    return request.headers.get("origin") == facts_of(request.scope).base_url
