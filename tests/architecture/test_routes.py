"""Every route leads to a use case, which decides who may; the few that do not say why."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, cast, get_args, get_origin, get_type_hints

import pytest
from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from core.access import OPERATOR_ACTIONS, Action
from entrypoints.api.app import api_routes
from entrypoints.api.operations import OPERATION, operation_of
from entrypoints.web.admin.door import enter
from entrypoints.web.admin.editor import Editor
from entrypoints.web.app import web_routes
from entrypoints.web.forgery import verify_form
from tests.architecture.test_use_cases import FILES, SOURCE, call_of, required_actions, use_case_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """A route without a use case: *requires* is what it asks itself, None when everybody may."""

    reason: str
    requires: Action | None = None


WITHOUT_USE_CASE = {
    "GET /robots.txt": Exempt(reason="the same words on every site; nothing of the site is read"),
    "GET /login": Exempt(reason="an empty form; SignIn decides when it is sent"),
    "GET /login/second": Exempt(reason="an empty form; FinishSignIn decides when it is sent"),
    "GET /password-reset": Exempt(reason="an empty form; RequestPasswordReset decides when it is sent"),
    "GET /admin/blog/new": Exempt(reason="an empty form; nothing of the site is read", requires=Action.DRAFT_POST),
    "GET /admin/pages/new": Exempt(reason="an empty form; nothing of the site is read", requires=Action.DRAFT_POST),
    "GET /admin/matrix/import": Exempt(
        reason="an empty form; nothing of the site is read", requires=Action.IMPORT_CONTENT
    ),
    "GET /admin/webhooks/new": Exempt(
        reason="an empty form; nothing of the site is read", requires=Action.EDIT_WEBHOOKS
    ),
    "GET /admin/tokens/new": Exempt(reason="an empty form; nothing of the site is read", requires=Action.CREATE_TOKENS),
    "GET /api/v1/openapi.json": Exempt(reason="our own document, the same on every site", requires=Action.READ_SITE),
    "GET /api/docs": Exempt(reason="our own document, the same on every site", requires=Action.READ_SITE),
}
"""All others. Health, our own files and the theme are answered before Litestar (entrypoints/http/app.py), as are HEAD
and the trailing slash; OPTIONS and 405 are Litestar's and tell no more than which methods there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One method of one path, and what answers there."""

    name: str
    handler: HTTPRouteHandler

    @property
    def function(self) -> Callable[..., object]:
        """What is written in our file; dishka hands Litestar another one without the injected parameters."""
        fn = self.handler.fn
        return cast(Callable[..., object], getattr(fn, "__dishka_orig_func__", fn))

    def use_cases(self) -> set[type]:
        hints = get_type_hints(self.function, include_extras=True)
        injected = {get_args(hint)[0] for hint in hints.values() if get_origin(hint) is Annotated}
        return injected & set(use_cases())


@cache
def use_cases() -> dict[type, frozenset[Action]]:
    """All use cases with the actions that they require."""
    return {use_case_of(path): frozenset(actions_of(path)) for path in FILES}


def actions_of(path: Path) -> set[Action]:
    call = call_of(path)
    return required_actions(call, on=False) | required_actions(call, on=True)


@cache
def committing() -> set[type]:
    return {use_case_of(path) for path in FILES if "transaction.commit()" in path.read_text(encoding="utf-8")}


def ways() -> list[Way]:
    app = Litestar(route_handlers=[*web_routes, *api_routes], openapi_config=None, logging_config=None)
    routes = [route for route in app.routes if isinstance(route, HTTPRoute)]
    assert len(routes) == len(app.routes), "a route that is neither page nor API needs a rule here"
    handlers = [(route.path, handler) for route in routes for handler in route.route_handlers]
    return [
        Way(name=f"{method} {path}", handler=handler)
        for path, handler in handlers
        for method in sorted(handler.http_methods)
        if method != "OPTIONS"
    ]


WAYS = sorted(ways(), key=lambda way: way.name)  # Litestar keeps handlers in sets, workers of one run must agree
DESK = [way for way in WAYS if way.name.split()[1].startswith("/admin")]
API = [way for way in WAYS if OPERATION in way.handler.opt]
each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)


@each_way
def test_a_route_leads_to_a_use_case_or_says_why_not(way: Way) -> None:
    assert bool(way.use_cases()) is (way.name not in WITHOUT_USE_CASE)


def test_no_excuse_is_left_over() -> None:
    assert WITHOUT_USE_CASE.keys() <= {way.name for way in WAYS}


@each_way
def test_a_route_declares_its_decision(way: Way) -> None:
    exempt = WITHOUT_USE_CASE.get(way.name)
    if exempt is None:
        assert all(use_cases()[use_case] for use_case in way.use_cases())
    elif exempt.requires is not None:
        wanted = f"access.require(Action.{exempt.requires.name})"
        source = inspect.getsource(way.function)
        assert wanted in source or ("editor.new()" in source and wanted in inspect.getsource(Editor.new))


@each_way
def test_no_route_leads_to_what_only_the_operator_may(way: Way) -> None:
    asked = {action for use_case in way.use_cases() for action in use_cases()[use_case]}

    assert not asked & OPERATOR_ACTIONS


@each_way
def test_reading_changes_nothing(way: Way) -> None:
    assert not (way.name.startswith("GET ") and way.use_cases() & committing())


@each_way
def test_head_is_answered_by_the_gate_from_what_get_says(way: Way) -> None:
    assert not way.name.startswith("HEAD ")


@pytest.mark.parametrize("way", DESK, ids=lambda way: way.name)
def test_the_desk_has_one_door(way: Way) -> None:
    assert way.handler.resolve_before_request() is enter


@pytest.mark.parametrize(
    "way", [way for way in WAYS if way not in DESK and "/api/" not in way.name], ids=lambda way: way.name
)
def test_every_form_outside_of_the_desk_is_checked_for_forgery(way: Way) -> None:
    assert way.handler.resolve_before_request() is verify_form


@pytest.mark.parametrize("way", [way for way in API if way.name not in WITHOUT_USE_CASE], ids=lambda way: way.name)
def test_the_api_documents_the_use_case_that_it_calls(way: Way) -> None:
    assert operation_of(way.handler).use_case in way.use_cases()


def test_every_use_case_is_called_from_outside() -> None:
    texts = [path.read_text(encoding="utf-8") for path in (SOURCE / "entrypoints").rglob("*.py")]
    called = {path.stem for path in FILES if any(f"use_cases.{path.stem} import" in text for text in texts)}

    assert {path.stem for path in FILES} - called == set()
