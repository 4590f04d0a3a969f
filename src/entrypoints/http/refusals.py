"""Answers that no site has to be known for: a page for people, a problem for programs."""

from __future__ import annotations

from typing import Protocol

from litestar.types import HTTPScope, Send

from entrypoints.http.problems import ELSEWHERE, MEDIA_TYPE, problem_body, words
from entrypoints.http.request_ids import HEADER
from entrypoints.http.sending import NO_STORE, Headers, answer, header, is_api
from entrypoints.http.translations import Translations

RETRY_SECONDS = 5
_HTML = (b"content-type", b"text/html; charset=utf-8")
_VARY = (b"vary", b"Accept-Language")
_AWAY = (b"retry-after", str(RETRY_SECONDS).encode())


class PlainPages(Protocol):
    """Pages that belong to no site."""

    def plain(self, status: int, *, locale: str, request_id: str) -> bytes:
        """The whole page, naming nobody; an empty *request_id* is not shown."""
        ...


class Refusals:
    def __init__(self, pages: PlainPages, translations: Translations) -> None:
        self._pages = pages
        self._translations = translations

    async def refuse(self, scope: HTTPScope, send: Send, status: int) -> None:
        """Answer *status* in the language that the client prefers. To all unknown hosts the page is the same."""
        locale = self._locale(scope)
        headers: Headers = [NO_STORE, _VARY, *([_AWAY] if status == 503 else [])]
        if is_api(scope):
            await answer(send, status, [_problem_type(), *headers], self._problem(scope, status, locale))
            return
        request_id = "" if status == 421 else _request_id(scope)
        body = self._pages.plain(status, locale=locale, request_id=request_id)
        await answer(send, status, [_HTML, *headers], body)

    async def point_to(self, scope: HTTPScope, send: Send, url: str) -> None:
        """Say that *url* is the place for what was sent to another name of the site."""
        body = self._problem(scope, 421, self._locale(scope), code="alias", primary=url)
        await answer(send, 421, [_problem_type(), NO_STORE, _VARY], body)

    def _problem(self, scope: HTTPScope, status: int, locale: str, **more: str) -> bytes:
        catalogue = self._translations.catalogue(locale)
        code, title, detail = words(status)
        said = catalogue.say(ELSEWHERE, {"url": more["primary"]}) if "primary" in more else catalogue.gettext(detail)
        return problem_body(
            status,
            code=more.pop("code", code),
            title=catalogue.gettext(title),
            detail=said,
            request_id=_request_id(scope),
            **more,
        )

    def _locale(self, scope: HTTPScope) -> str:
        given = header(scope, b"accept-language")
        return self._translations.preferred(given.decode("latin-1") if given else None)


def _problem_type() -> tuple[bytes, bytes]:
    return (b"content-type", MEDIA_TYPE)


def _request_id(scope: HTTPScope) -> str:
    """The envelope has put it among the request's headers."""
    return (header(scope, HEADER) or b"").decode("ascii")
