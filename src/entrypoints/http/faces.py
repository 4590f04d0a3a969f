"""Who answers for an error: the face of the house that the request was meant for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from litestar import Request, Response
from litestar.types import ExceptionHandlersMap

from entrypoints.http.sending import is_api

ErrorHandler: TypeAlias = Callable[[Request[Any, Any, Any], Exception], Response[Any]]


def errors_by_face(*, pages: ErrorHandler, api: ErrorHandler) -> ExceptionHandlersMap:
    """One handler for all exceptions, also where no route matches and Litestar asks only the application."""

    def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
        return (api if is_api(request.scope) else pages)(request, error)

    return {Exception: answer}
