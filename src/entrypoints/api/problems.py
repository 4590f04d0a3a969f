"""Refusals as problem details (RFC 9457), in the language of the one who asked."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog
from litestar import Response
from litestar.exceptions import HTTPException

from core.blog.errors import NotReady
from core.blog.import_errors import ArchiveTooLarge
from core.blog.readiness import ReadinessItem
from core.competency_matrix.errors import QuestionNotReady
from core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Problem,
    StaleVersion,
    TerraceError,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from core.media.errors import FileTooLarge, MediaInUse
from core.media.places import MediaPlace
from core.text import N_
from entrypoints.api.answers import Answer, ApiRequest, answer
from entrypoints.api.etags import version_tag
from entrypoints.api.matrix_problems import matrix_members
from entrypoints.api.readiness_models import ReadinessShown
from entrypoints.api.refusals import InvalidParameter, PresentOrder, Refused, StaleOrder
from entrypoints.api.v1.media.models import MediaPlaceShown
from entrypoints.api.validation import pointer_to
from entrypoints.api.words import words_for
from entrypoints.http.context import facts_of
from entrypoints.http.problems import words as plain_words
from entrypoints.http.translations import Catalogue

if TYPE_CHECKING:
    from litestar.types import Receive, Scope, Send

PROBLEM_JSON = "application/problem+json"
DOCUMENTATION = "/api/docs"
IDEMPOTENCY_KEY = "Idempotency-Key"

_TITLES = {
    401: N_("Not signed in"),
    403: N_("Not allowed"),
    409: N_("Conflict"),
    412: N_("Changed in the meantime"),
    413: N_("Too large"),
    415: N_("Unsupported media type"),
    422: N_("Something needs correcting"),
    428: N_("Precondition required"),
    429: N_("Too many requests"),
}
_STATUSES: tuple[tuple[type[TerraceError], int], ...] = (
    (NotFound, 404),
    (Unauthenticated, 401),
    (Forbidden, 403),
    (FileTooLarge, 413),
    (ArchiveTooLarge, 413),
    (InvalidParameter, 400),
    (Invalid, 422),
    (StaleVersion, 412),
    (StaleOrder, 412),
    (Conflict, 409),
    (TooMany, 429),
    (Unavailable, 503),
)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A refusal before it is put into words: *detail* is a msgid, *cause* the error that it was."""

    status: int
    code: str
    detail: str
    params: dict[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    items: tuple[ReadinessItem, ...] = ()
    places: tuple[MediaPlace, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    cause: TerraceError | None = None


def told(request: ApiRequest, error: Exception) -> Told:
    """How *error* is answered."""
    if isinstance(error, TerraceError):
        return _of_business(request, error)
    if isinstance(error, HTTPException) and error.status_code < 500:
        return _of_http(error)
    code, _, detail = plain_words(500)
    return Told(status=500, code=code, detail=detail)


def _of_business(request: ApiRequest, error: TerraceError) -> Told:
    if isinstance(error, Invalid) and request.method == "GET":
        error = InvalidParameter(*error.problems)
    problems = error.problems if isinstance(error, Invalid | NotReady | QuestionNotReady) else ()
    return Told(
        status=_status(request, error),
        code=error.code,
        detail=error.message,
        params=error.params,
        problems=problems,
        items=error.items if isinstance(error, NotReady) else (),
        places=error.places if isinstance(error, MediaInUse) else (),
        headers=_headers(request, error),
        cause=error,
    )


def _status(request: ApiRequest, error: TerraceError) -> int:
    if isinstance(error, StaleVersion) and "if-match" not in request.headers:
        return 409
    return usual_status(type(error))


def usual_status(kind: type[TerraceError]) -> int:
    """The status of errors of *kind*, unless the request makes a difference."""
    if issubclass(kind, Refused):
        return kind.status
    return next((status for known, status in _STATUSES if issubclass(kind, known)), 500)


def _headers(request: ApiRequest, error: TerraceError) -> dict[str, str]:
    if isinstance(error, Unauthenticated):
        was_given = ', error="invalid_token"' if "authorization" in request.headers else ""
        return {"www-authenticate": f'Bearer realm="{facts_of(request.scope).host}"{was_given}'}
    if isinstance(error, StaleVersion):
        return {"etag": version_tag(error.current)}
    if isinstance(error, PresentOrder):
        return {"etag": error.tag}
    if isinstance(error, TooMany | Unavailable):
        return {"retry-after": str(error.retry_after)}
    return {}


def _of_http(error: HTTPException) -> Told:
    status = error.status_code if error.status_code in (404, 405) else 400
    code, _, detail = plain_words(status)
    allow = (error.headers or {}).get("allow")
    return Told(status=status, code=code, detail=detail, headers={"allow": allow} if allow else {})


def title_of(status: int) -> str:
    """The title of all problems of *status*, as a msgid."""
    return _TITLES.get(status) or plain_words(status)[1]


async def problem_answer(request: ApiRequest, error: Exception) -> Answer:
    """The problem that *error* stands for, in the language of the one who asked."""
    what = told(request, error)
    words = await words_for(request)
    body = json.dumps(_document(request, what, words), ensure_ascii=False).encode()
    headers = {
        **what.headers,
        "cache-control": "no-store",
        "content-language": words.locale,
        "vary": "Accept-Language, Authorization",
    }
    return answer(what.status, body, headers, media_type=PROBLEM_JSON)


def _document(request: ApiRequest, what: Told, words: Catalogue) -> dict[str, Any]:
    facts = facts_of(request.scope)
    document: dict[str, Any] = {
        "type": f"{facts.base_url}{DOCUMENTATION}#problem-{what.code}",
        "title": words.gettext(title_of(what.status)),
        "status": what.status,
        "detail": words.say(what.detail, what.params),
        "code": what.code,
        "request_id": facts.request_id,
    }
    if what.items:
        document["readiness"] = [item.model_dump() for item in ReadinessShown.of(what.items, words).items]
    if what.places:
        document["places"] = [MediaPlaceShown.of(place).model_dump() for place in what.places]
    document |= matrix_members(what.cause, words) | _why(request, what.cause)
    if what.problems:
        document["errors"] = [_entry(problem, what.status, words) for problem in what.problems]
    return document


def _why(request: ApiRequest, cause: TerraceError | None) -> dict[str, str]:
    """Which right was missing, and where to ask why; only members of the site get here."""
    if not isinstance(cause, Forbidden) or cause.why is None:
        return {}
    action = cause.why.action.value
    url = f"{facts_of(request.scope).base_url}/api/v1/access/explanations?action={action}"
    return {"action": action, "explanation": url}


def _entry(problem: Problem, status: int, words: Catalogue) -> dict[str, str]:
    detail = words.problem(problem)
    if problem.field == IDEMPOTENCY_KEY:
        return {"pointer": "", "header": problem.field, "detail": detail}
    if status == 400:
        return {"pointer": "", "parameter": problem.field.strip("/"), "detail": detail}
    return {"pointer": pointer_to(problem.field), "detail": detail}


class ProblemResponse(Response[bytes]):
    """A problem that is put into words when it is sent: Litestar's exception handlers cannot wait for anything."""

    def __init__(self, error: Exception) -> None:
        super().__init__(content=b"", media_type=PROBLEM_JSON)
        self.error = error

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:
        return self._send

    async def _send(self, scope: Scope, receive: Receive, send: Send) -> None:
        request: ApiRequest = scope["litestar_app"].request_class(scope=scope, receive=receive, send=send)
        given = await problem_answer(request, self.error)
        await given.to_asgi_response(app=None, request=request)(scope, receive, send)


def answer_problem(request: ApiRequest, error: Exception) -> Response[bytes]:
    """The API's exception handler. What nobody expected is logged with its traceback and told to nobody."""
    if told(request, error).status == 500:
        _log.error("api.unexpected_error", path=request.scope["path"], exc_info=error)
    return ProblemResponse(error)
