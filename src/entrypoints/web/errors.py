"""One place that turns errors into answers for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import structlog
from dishka import AsyncContainer
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import Receive, Scope, Send
from litestar_htmx import HTMXHeaders

from core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    TerraceError,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from core.security import FactorNeeded
from core.text import N_
from entrypoints.http.context import facts_of
from entrypoints.http.problems import words
from entrypoints.http.refusals import PlainPages
from entrypoints.http.role_words import reasons
from entrypoints.http.translations import Translations
from entrypoints.web.addresses import FACTORS, with_query
from entrypoints.web.csrf import FIELD, SAFE_METHODS, ExpiredForm, is_surely_ours
from entrypoints.web.forms import typed
from entrypoints.web.moved import new_address
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.uploaded import UploadProblem, UploadRefused
from entrypoints.web.views import ErrorPage, RetryPage

_STATUSES: tuple[tuple[type[TerraceError], int], ...] = (
    (NotFound, 404),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (Invalid, 422),
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
)
SIGNED_OUT = N_("You are not signed in any more. Sign in again in another tab, then come back and send this.")
WHY = "/admin/why"
_KEPT_STATUSES = frozenset({400, 404, 405, 413, 415})
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How an error is answered: *error* is None where the page's own words for the status say all."""

    status: int
    error: TerraceError | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def retry_after(self) -> int | None:
        return self.error.retry_after if isinstance(self.error, TooMany | Unavailable) else None


def refusal_of(error: Exception) -> Refusal:
    if isinstance(error, TerraceError):
        status = next((status for kind, status in _STATUSES if isinstance(error, kind)), 500)
        headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany | Unavailable) else {}
        return Refusal(status=status, error=error, headers=headers)
    if isinstance(error, HTTPException) and error.status_code < 500:
        status = error.status_code if error.status_code in _KEPT_STATUSES else 400
        allow = (error.headers or {}).get("allow")
        return Refusal(status=status, headers={"allow": allow} if allow else {})
    return Refusal(status=500)


def answer_error(request: WebRequest, error: Exception) -> Response[bytes]:
    """The pages' exception handler. What nobody expected is logged with its traceback and told to nobody."""
    del request
    if refusal_of(error).status == 500:
        _log.error("web.unexpected_error", exc_info=error)
    return _ErrorAnswer(error)


class _ErrorAnswer(Response[bytes]):
    """Made when it is sent: Litestar's exception handlers cannot wait, and the page needs the site's settings."""

    def __init__(self, error: Exception) -> None:
        super().__init__(content=b"", media_type="text/html")
        self.error = error

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:
        return self._send

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: WebRequest = scope["litestar_app"].request_class(scope=scope, receive=receive, send=send)
        answer = await error_page(request, self.error)
        await answer.to_asgi_response(app=None, request=request)(scope, receive, send)


async def error_page(request: WebRequest, error: Exception) -> Page:
    refusal = refusal_of(error)
    container: AsyncContainer = request.state.dishka_container
    try:
        pages = await container.get(Pages)
        if refusal.status == 404 and (url := await new_address(request, container)):
            return pages.moved(url)
        answer = await _page(pages, request, error, refusal)
    except Exception:  # noqa: BLE001 - an error page must not fail; what failed is logged
        if refusal.status < 500:
            _log.exception("web.no_error_page")
        return await _plain(container, request, refusal if refusal.status >= 500 else Refusal(status=503))
    answer.headers.update(refusal.headers)
    return answer


async def _page(pages: Pages, request: WebRequest, error: Exception, refusal: Refusal) -> Page:
    if pages.is_htmx:
        return _htmx(pages, request, refusal)
    if away := _elsewhere(request, refusal):
        return pages.redirect(away)
    if _wants_json(request):
        return _json(pages, refusal)
    if is_surely_ours(request) and isinstance(error, ExpiredForm):
        return await _retry(pages, request, pages.catalogue.error(error), status=403)
    if is_surely_ours(request) and refusal.status == 401:
        return await _retry(pages, request, pages.catalogue.gettext(SIGNED_OUT), status=401)
    page = ErrorPage(
        status=refusal.status,
        detail=_detail(pages, refusal),
        request_id=pages.facts.request_id,
        retry_after=refusal.retry_after,
    )
    return pages.show("errors/error.html", _with_reasons(pages, page, refusal), status=refusal.status)


def _elsewhere(request: WebRequest, refusal: Refusal) -> str:
    """Where whoever looks at a page has to go first: to the door, or to set up a second factor."""
    if request.method not in SAFE_METHODS:
        return ""
    if isinstance(refusal.error, FactorNeeded):
        return FACTORS
    return _sign_in_url(request) if refusal.status == 401 else ""


def _detail(pages: Pages, refusal: Refusal) -> str:
    """What the business says, unless it only repeats the status."""
    error = refusal.error
    if error is None or type(error) in (NotFound, Unauthenticated, Forbidden, Unavailable):
        return ""
    return pages.catalogue.error(error)


def _with_reasons(pages: Pages, page: ErrorPage, refusal: Refusal) -> ErrorPage:
    """Why somebody may not; what it was about is not named, she may not even see it."""
    why = refusal.error.why if isinstance(refusal.error, Forbidden) else None
    if why is None:
        return page
    told = reasons(pages.catalogue, why, pages.policy)
    return replace(page, reasons=told.reasons, advice=told.advice, why_url=with_query(WHY, action=why.action.value))


def _sentence(pages: Pages, refusal: Refusal) -> str:
    if refusal.error is not None:
        return pages.catalogue.error(refusal.error)
    return pages.catalogue.gettext(words(refusal.status)[2])


def _htmx(pages: Pages, request: WebRequest, refusal: Refusal) -> Page:
    """One sentence at the top of the page; who is no longer signed in is led to the door."""
    away = _elsewhere(request, refusal)
    if away:
        answer = pages.data(b"", status=refusal.status)
        answer.headers[HTMXHeaders.REDIRECT.value] = away
        return answer
    headers = {HTMXHeaders.RE_TARGET.value: "#trouble", HTMXHeaders.RE_SWAP.value: "innerHTML"}
    page = ErrorPage(status=refusal.status, detail=_sentence(pages, refusal), request_id=pages.facts.request_id)
    page = _with_reasons(pages, page, refusal)
    return pages.fragment("errors/_fragment.html", status=refusal.status, headers=headers, page=page)


def _json(pages: Pages, refusal: Refusal) -> Page:
    problems = refusal.error.problems if isinstance(refusal.error, Invalid) else ()
    body = UploadRefused(
        detail=_sentence(pages, refusal),
        errors=[UploadProblem(detail=pages.catalogue.problem(problem)) for problem in problems],
    )
    return pages.data(body.model_dump_json().encode(), status=refusal.status)


async def _retry(pages: Pages, request: WebRequest, detail: str, *, status: int) -> Page:
    """The form once more with a fresh proof and what was typed: surely ours, so nobody else filled it in."""
    values = await typed(request)
    kept = tuple((name, value) for name, value in values.items() if name != FIELD and "password" not in name)
    page = RetryPage(action=request.scope["path"], fields=kept, detail=detail)
    return pages.show("errors/retry.html", page, status=status, has_form=True)


def _sign_in_url(request: WebRequest) -> str:
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["path"]
    return with_query("/login", next=f"{path}?{query}" if query else path)


def _wants_json(request: WebRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")


async def _plain(container: AsyncContainer, request: WebRequest, refusal: Refusal) -> Page:
    """The site itself cannot be asked: a page that needs nothing of it."""
    translations, plain = await container.get(Translations), await container.get(PlainPages)
    locale = translations.preferred(request.headers.get("accept-language"))
    request_id = facts_of(request.scope).request_id
    headers = {"content-type": "text/html; charset=utf-8", "cache-control": "no-store", "vary": "Accept-Language"}
    if refusal.status == 503:
        headers["retry-after"] = str(refusal.retry_after or 5)
    body = plain.plain(refusal.status, locale=locale, request_id=request_id)
    return Response(content=body, status_code=refusal.status, headers=headers)
