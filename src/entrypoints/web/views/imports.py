"""Bringing the content of another site in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from entrypoints.web.views.forms import Choice, Form

ImportState = Literal["checking", "ready", "running", "done", "failed", "cancelled"]
ImportOutcome = Literal["added", "present", "skipped", "refused"]
AskedOutcome = ImportOutcome | Literal[""]
"""Empty for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportItem:
    """*format* is empty until the archive is recognised; *done* of *total* items (0: not known yet) have their line."""

    id: str
    filename: str
    state: ImportState
    created_at: datetime
    kept_until: datetime
    format: str = ""
    author: str = ""
    done: int = 0
    total: int = 0
    added: int = 0
    present: int = 0
    skipped: int = 0
    refused: int = 0
    finished_at: datetime | None = None
    error: str = ""

    @property
    def url(self) -> str:
        return f"/admin/import/{self.id}"

    @property
    def is_at_work(self) -> bool:
        return self.state in ("checking", "running")

    @property
    def is_open(self) -> bool:
        return self.is_at_work or self.state == "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportListPage:
    """`admin/import/index.html`. The form: archive, format. *standing* is the one that is open: there is no other
    before it is over."""

    formats: tuple[Choice, ...]
    archive_bytes: int
    form: Form = field(default_factory=Form)
    imports: tuple[ImportItem, ...] = ()
    older_url: str = ""
    standing: ImportItem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeTab:
    outcome: AskedOutcome
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportItem:
    """What became of one item; *kind* is empty for what is neither post nor page, *address* for what got none."""

    number: int
    source: str
    outcome: ImportOutcome
    kind: Literal["post", "page", ""] = ""
    title: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """`admin/import/show.html`; while it is at work `admin/import/_progress.html` is swapped. *message*: why what was
    asked for was not done."""

    item: ImportItem
    outcome: AskedOutcome = ""
    tabs: tuple[OutcomeTab, ...] = ()
    lines: tuple[ReportItem, ...] = ()
    next_url: str = ""
    message: str = ""
