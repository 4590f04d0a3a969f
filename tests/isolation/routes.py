"""The route table, and for each route a request that means something at the site where it belongs.

A new route joins by itself: one that writes, or whose path has a new kind of parameter, has to be told here what to
send (`SENT`, `Belongings`), and every test that walks the table says so until it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute

from core.competency_matrix.grades import DEFAULT_GRADES
from entrypoints.api.app import api_routes
from entrypoints.web.app import web_routes
from tests.api.house import PASSWORD
from tests.api.pictures import png
from tests.isolation.audit import SENT as AUDIT_SENT
from tests.isolation.contacts import SENT as CONTACTS_SENT
from tests.isolation.factors import SENT as FACTORS_SENT
from tests.isolation.matrix_api import SENT as MATRIX_SENT
from tests.isolation.matrix_files import SENT as MATRIX_FILES_SENT
from tests.isolation.people import SENT as PEOPLE_SENT
from tests.isolation.roles import ASKED as ROLES_ASKED
from tests.isolation.roles import SENT as ROLES_SENT
from tests.isolation.tokens import SENT as TOKENS_SENT
from tests.isolation.webhooks import SENT as WEBHOOKS_SENT

_THING = re.compile(r"\{(\w+)\}")
_PARAMETER = re.compile(r"\{(\w+):\w+\}")
POST = {"title": "Forged", "body": "Forged *words*.", "lang": "en"}
SITE = {"title": "Forged", "locale": "en", "time_zone": "UTC", "accent": "#c2410c"}
GRADES = {
    f"grade-{place}-{field}": value
    for place, grade in enumerate(DEFAULT_GRADES)
    for field, value in (("key", grade.key), ("name", f"Forged {grade.name}"))
}
ASKED: dict[str, dict[str, str]] = {
    **ROLES_ASKED,
    "/admin/matrix/resources/merge": {"is-{resource_id}": "on", "is-{other_resource_id}": "on"},
    "/api/v1/matrix/questions/doubles": {"question": "{tag}?"},
    "/api/v1/matrix/questions/order": {"subsection": "{subsection_id}"},
    "/api/v1/matrix/search": {"q": "secret"},
}
"""What a page or a list that needs it is asked for."""
SENT: dict[str, dict[str, Any]] = {
    "DELETE /api/v1/imports/{import_id:str}": {},
    "DELETE /api/v1/media/{key:str}": {},
    "DELETE /api/v1/pages/{page_id:str}": {},
    "DELETE /api/v1/pages/{page_id:str}/previews/{preview_id:str}": {},
    "DELETE /api/v1/pages/{page_id:str}/publication": {},
    "DELETE /api/v1/posts/{post_id:str}": {},
    "DELETE /api/v1/posts/{post_id:str}/previews/{preview_id:str}": {},
    "DELETE /api/v1/posts/{post_id:str}/publication": {},
    "DELETE /api/v1/series/{series:str}": {},
    "DELETE /api/v1/sessions/{session_id:str}": {},
    "DELETE /api/v1/tags/{tag:str}": {},
    "PATCH /api/v1/media/{key:str}": {"json": {"alt": "Forged"}},
    "PATCH /api/v1/pages/{page_id:str}": {"json": {"title": "Forged"}},
    "PATCH /api/v1/posts/{post_id:str}": {"json": {"title": "Forged"}},
    "PATCH /api/v1/site": {"json": {"title": "Forged"}},
    "POST /admin/blog": {"data": POST},
    "POST /admin/blog/preview": {"data": {"body": "Forged *words*."}},
    "POST /admin/blog/selection": {"data": {"post-{post_id}": "on", "deed": "trash"}},
    "POST /admin/blog/tags": {"data": {"is-{tag}": "on", "into": "forged"}},
    "POST /admin/blog/tags/series": {"data": {"is-{series}": "on", "into": "Forged"}},
    "POST /admin/blog/{post_id:str}": {"data": POST},
    "POST /admin/blog/{post_id:str}/previews": {"data": {"days": "7"}},
    "POST /admin/blog/{post_id:str}/previews/{preview_id:str}/revocation": {"data": {}},
    "POST /admin/blog/{post_id:str}/publication": {"data": {}},
    "POST /admin/blog/{post_id:str}/revisions/{number:str}/restoration": {"data": {}},
    "POST /admin/blog/{post_id:str}/trash": {"data": {}},
    "POST /admin/blog/{post_id:str}/withdrawal": {"data": {}},
    "POST /admin/export": {"data": {}},
    "POST /admin/import": {
        "data": {"format": "auto"},
        "files": {"archive": ("forged.md", b"# Forged", "text/markdown")},
    },
    "POST /admin/import/{import_id:str}/cancellation": {"data": {}},
    "POST /admin/import/{import_id:str}/confirmation": {"data": {}},
    "POST /admin/matrix/questions": {"data": {"question": "{tag}?", "subsection_id": "{subsection_id}"}},
    "POST /admin/matrix/questions/evidence": {"data": {"evidence_query": "forged"}},
    "POST /admin/matrix/questions/resources": {"data": {"resource_query": "forged"}},
    "POST /admin/matrix/questions/{question_id:str}/working-copy/deletion": {"data": {}},
    "POST /admin/matrix/questions/{question_id:str}/place": {
        "data": {"subsection_id": "{subsection_id}", "grade": "senior"}
    },
    "POST /admin/matrix/resources/{resource_id:str}/check": {"data": {}},
    "POST /admin/matrix/questions/doubles": {"data": {"question": "Forged?"}},
    "POST /admin/matrix/questions/preview": {"data": {"question": "Forged?", "answer": "Forged *words*."}},
    "POST /admin/matrix/questions/selection": {"data": {"question-{question_id}": "1", "deed": "trash"}},
    "POST /admin/matrix/questions/{question_id:str}": {
        "data": {"question": "{tag}?", "subsection_id": "{subsection_id}"}
    },
    "POST /admin/matrix/questions/{question_id:str}/publication": {"data": {}},
    "POST /admin/matrix/questions/{question_id:str}/restoration": {"data": {}},
    "POST /admin/matrix/questions/{question_id:str}/revisions/{number:str}/restoration": {"data": {}},
    "POST /admin/matrix/questions/{question_id:str}/trash": {"data": {}},
    "POST /admin/matrix/questions/{question_id:str}/withdrawal": {"data": {}},
    "POST /admin/matrix/resources": {"data": {"name": "Forged", "url": "https://{tag}.example/"}},
    "POST /admin/matrix/resources/checks": {"data": {}},
    "POST /admin/matrix/resources/merge": {
        "data": {"is-{resource_id}": "on", "is-{other_resource_id}": "on", "into": "{resource_id}"}
    },
    "POST /admin/matrix/resources/{resource_id:str}": {"data": {"name": "Forged", "url": "https://{tag}.example/"}},
    "POST /admin/matrix/resources/{resource_id:str}/deletion": {"data": {}},
    "POST /admin/matrix/settings": {"data": GRADES},
    "POST /admin/matrix/sheets/{sheet:str}/order": {"data": {"place": "{subsection_id}", "seen": "", "order": ""}},
    "POST /admin/matrix/sheets/{sheet:str}/questions": {"data": {"place": "{subsection_id}", "question": "{tag}?"}},
    "POST /admin/matrix/structure": {"data": {"name": "Forged"}},
    "POST /admin/matrix/structure/order": {"data": {"seen": "{sheet_ids}"}},
    "POST /admin/matrix/structure/{sheet_id:str}": {"data": {"key": "{tag}", "name": "Forged"}},
    "POST /admin/matrix/structure/{sheet_id:str}/deletion": {"data": {}},
    "POST /admin/matrix/structure/{sheet_id:str}/order": {"data": {"seen": "{section_id},{other_section_id}"}},
    "POST /admin/matrix/structure/{sheet_id:str}/places/{place_id:str}": {"data": {"name": "Forged"}},
    "POST /admin/matrix/structure/{sheet_id:str}/places/{place_id:str}/deletion": {"data": {}},
    "POST /admin/matrix/structure/{sheet_id:str}/places/{place_id:str}/merge": {"data": {"into": "{subsection_id}"}},
    "POST /admin/matrix/structure/{sheet_id:str}/places/{place_id:str}/move": {
        "data": {"section": "{other_section_id}"}
    },
    "POST /admin/matrix/structure/{sheet_id:str}/sections": {"data": {"name": "Forged"}},
    "POST /admin/matrix/structure/{sheet_id:str}/sections/{section_id:str}/subsections": {"data": {"name": "Forged"}},
    "POST /admin/matrix/suggestions/{suggestion_id:str}/acceptance": {
        "data": {"question": "{tag}?", "subsection_id": "{subsection_id}"}
    },
    "POST /admin/matrix/suggestions/{suggestion_id:str}/rejection": {"data": {}},
    "POST /admin/media": {"data": {"alt": "Forged"}, "files": {"file": ("forged.png", png(), "image/png")}},
    "POST /admin/media/{key:str}": {"data": {"alt": "Forged"}},
    "POST /admin/media/{key:str}/deletion": {"data": {"name": "mine.png"}},
    "POST /admin/media/{key:str}/replacement": {"files": {"file": ("forged.png", png(), "image/png")}},
    "POST /admin/pages/selection": {"data": {"post-{page_id}": "on", "deed": "trash"}},
    "POST /admin/pages/{post_id:str}/previews": {"data": {"days": "7"}},
    "POST /admin/pages/{post_id:str}/previews/{preview_id:str}/revocation": {"data": {}},
    "POST /admin/pages/{post_id:str}/revisions/{number:str}/restoration": {"data": {}},
    "POST /admin/blog/paste": {"data": {"html": "<b>Forged</b>"}},
    "POST /admin/blog/{post_id:str}/working-copy/deletion": {"data": {}},
    "POST /admin/pages": {"data": POST},
    "POST /admin/pages/preview": {"data": {"body": "Forged *words*."}},
    "POST /admin/pages/{post_id:str}": {"data": POST},
    "POST /admin/pages/{post_id:str}/publication": {"data": {}},
    "POST /admin/pages/{post_id:str}/trash": {"data": {}},
    "POST /admin/pages/{post_id:str}/withdrawal": {"data": {}},
    "POST /admin/pages/{post_id:str}/working-copy/deletion": {"data": {}},
    "POST /admin/settings": {"data": {**SITE, "matrix": "on", "contacts": "on"}},
    "POST /admin/trash/{post_id:str}/restoration": {"data": {}},
    "POST /api/v1/imports": {
        "data": {"format": "auto"},
        "files": {"archive": ("forged.md", b"# Forged", "text/markdown")},
    },
    "POST /api/v1/media": {"data": {"alt": "Forged"}, "files": {"file": ("forged.png", png(), "image/png")}},
    "POST /api/v1/pages": {"json": POST},
    "POST /api/v1/pages/{page_id:str}/previews": {},
    "POST /api/v1/pages/{page_id:str}/revisions/{number:str}/restoration": {},
    "POST /api/v1/posts": {"json": POST},
    "POST /api/v1/posts/{post_id:str}/previews": {},
    "POST /api/v1/posts/{post_id:str}/revisions/{number:str}/restoration": {},
    "POST /api/v1/series/merges": {"json": {"series": ["none"], "into": "Forged"}},
    "POST /api/v1/sessions": {"json": {"email": "owner@anna.example", "password": PASSWORD}},
    "POST /api/v1/sessions/refresh": {"json": {"refresh_token": "v4.local.none"}},
    "POST /api/v1/tags/merges": {"json": {"tags": ["none"], "into": "forged"}},
    "POST /api/v1/trash/{post_id:str}/restoration": {},
    "POST /invitations/{token:str}": {"data": {"name": "F", "password": PASSWORD, "password_again": PASSWORD}},
    "POST /login": {"data": {"email": "owner@anna.example", "password": PASSWORD}},
    "POST /logout": {"data": {}},
    "POST /matrix/suggestions": {"data": {"question": "{tag}?", "stamp": "{stamp}"}},
    "PUT /api/v1/imports/{import_id:str}/confirmation": {},
    "PUT /api/v1/media/{key:str}/content": {"files": {"file": ("forged.png", png(), "image/png")}},
    "PUT /api/v1/pages/{page_id:str}": {"json": POST},
    "PUT /api/v1/pages/{page_id:str}/publication": {},
    "PUT /api/v1/posts/{post_id:str}": {"json": POST},
    "PUT /api/v1/posts/{post_id:str}/publication": {},
    "PUT /api/v1/site": {"json": {**SITE, "sections": ["blog", "matrix", "contacts"]}},
    **AUDIT_SENT,
    **CONTACTS_SENT,
    **MATRIX_SENT,
    **MATRIX_FILES_SENT,
    **ROLES_SENT,
    **TOKENS_SENT,
    **PEOPLE_SENT,
    **WEBHOOKS_SENT,
    **FACTORS_SENT,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Belongings:
    """One of each thing that a path can name; *token* is that of an invitation, *preview* that of a preview link;
    *reset* and *change* those of links for a new password and a new address;
    *number* is that of a revision, *place_id* that of an empty subsection, *elsewhere_id* that of one in another sheet,
    *subsection_id* that of one that holds *question_id*, *sheet_ids* all sheets in their order, *stamp* that of
    the form for suggestions, *contact_stamp* that of the one for messages, *kind* and *name* that of a picture to
    share."""

    post_id: str
    trashed_id: str
    slug: str
    tag: str
    key: str
    session_id: str
    token_id: str
    user_id: str
    factor_id: str
    invitation_id: str
    reset: str
    change: str
    role: str
    token: str
    series: str
    author: str
    preview: str
    page_id: str
    preview_id: str
    page_preview_id: str
    import_id: str
    matrix_import_id: str
    sheet_id: str
    section_id: str
    other_section_id: str
    place_id: str
    elsewhere_id: str
    subsection_id: str
    question_id: str
    resource_id: str
    other_resource_id: str
    sheet_ids: str
    stamp: str
    suggestion_id: str
    message_id: str
    webhook_id: str
    delivery_id: str
    contact_stamp: str
    name: str
    sheet: str
    question: str
    kind: str = "post"
    number: str = "1"


OF_PAGES = {"post_id": "page_id", "preview_id": "page_preview_id"}
NOTHING = Belongings(
    post_id="0" * 32,
    trashed_id="0" * 32,
    slug="none",
    tag="none",
    key=f"{'0' * 32}.webp",
    session_id="0" * 32,
    user_id="0" * 32,
    factor_id="0" * 32,
    invitation_id="0" * 32,
    reset="none.none",
    change="none.none",
    token_id="0" * 32,
    role="none",
    token="0",
    series="none",
    author="none",
    preview="0",
    page_id="0" * 32,
    preview_id="0" * 24,
    page_preview_id="0" * 24,
    import_id="0" * 32,
    matrix_import_id="0" * 32,
    sheet_id="0" * 32,
    section_id="0" * 32,
    other_section_id="1" * 32,
    place_id="0" * 32,
    elsewhere_id="0" * 32,
    subsection_id="1" * 32,
    question_id="0" * 32,
    resource_id="0" * 32,
    other_resource_id="1" * 32,
    sheet_ids="",
    stamp="0.0",
    suggestion_id="0" * 32,
    message_id="0" * 32,
    webhook_id="0" * 32,
    delivery_id="0" * 32,
    contact_stamp="0.0",
    name="none.png",
    sheet="none",
    question="none",
)
"""What nobody ever had."""


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """One method of one path of the route table."""

    path: str
    method: str

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def parameters(self) -> list[str]:
        return _PARAMETER.findall(self.path)

    @property
    def is_api(self) -> bool:
        return self.path.startswith("/api/")

    @property
    def is_form(self) -> bool:
        return not self.is_api and self.method != "GET"

    def path_for(self, things: Belongings) -> str:
        """The path with what *things* has for its parameters."""

        def value(found: re.Match[str]) -> str:
            name = "trashed_id" if "/trash/" in self.path and found[1] == "post_id" else found[1]
            name = OF_PAGES.get(name, name) if "/pages/" in self.path else name
            if name not in Belongings.__dataclass_fields__:
                pytest.fail(f"{self.name}: tell Belongings in {__name__} what {{{name}}} stands for", pytrace=False)
            return str(getattr(things, name))

        asked = _filled(ASKED.get(self.path, {}), things)
        asked |= {"old": "1"} if self.path.endswith("/comparison") else {}
        return _PARAMETER.sub(value, self.path) + (f"?{urlencode(asked)}" if asked else "")

    def sent(self, things: Belongings = NOTHING) -> dict[str, Any]:
        """The body, in httpx's words; names of fields and what is typed into them may speak of *things*."""
        if self.method in ("GET", "HEAD"):
            return {}
        if self.name not in SENT:
            pytest.fail(f"{self.name}: tell SENT in {__name__} what to send there", pytrace=False)

        return {name: _filled(value, things) for name, value in SENT[self.name].items()}


def _filled(part: Any, things: Belongings) -> Any:
    """*part* with what *things* has for each {name} in it."""
    match part:
        case dict():
            return {_filled(key, things): _filled(value, things) for key, value in part.items()}
        case list():
            return [_filled(one, things) for one in part]
        case str():
            return _THING.sub(lambda found: str(getattr(things, found[1])), part)
    return part


def ways_of(app: Litestar) -> list[Way]:
    """All of the table, in an order that each worker of a run agrees on; OPTIONS is Litestar's own."""
    return sorted(
        Way(route.path, method)
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS"
    )


WAYS = ways_of(Litestar(route_handlers=[*web_routes, *api_routes], openapi_config=None, logging_config=None))


def each(ways: list[Way]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("way", ways, ids=lambda way: way.name)
