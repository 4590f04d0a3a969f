"""The site's log at the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from entrypoints.http.audit_words import ChangeWords
from entrypoints.web.views.forms import Choice, Form

AUDIT = "/admin/audit"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """*what* is a sentence, *label* what it was done to;
    *who_url* and *about_url* look for more of the same person and thing."""

    id: str
    at: datetime
    what: str
    label: str
    who: str
    role: str
    is_refused: bool
    reason: str
    changes: tuple[ChangeWords, ...]
    who_url: str
    about_url: str
    client: str
    request_id: str
    has_token: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditPage:
    """*values* are what is looked for, as it was typed; *exports* the ways to take it along."""

    lines: tuple[AuditLine, ...]
    values: Form
    is_filtered: bool
    older_url: str
    newest_url: str
    people: tuple[Choice, ...]
    actions: tuple[Choice, ...]
    outcomes: tuple[Choice, ...]
    exports: tuple[Choice, ...]
    may_edit: bool
    keeping: Form
