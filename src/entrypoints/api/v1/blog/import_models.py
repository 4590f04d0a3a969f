"""Imports as programs see them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.blog.archives import ArchiveFormat, Note
from core.blog.entities import PostKind
from core.blog.import_runs import Import, ImportState, NumberedLine
from core.blog.imports import Outcome
from entrypoints.api.models import MomentShown, Paging, Shown
from entrypoints.api.v1.blog.history_models import SaverShown
from entrypoints.http.translations import Catalogue

_TOTALS: JsonDict = {"added": 41, "present": 0, "skipped": 3, "refused": 1}
EXAMPLE: JsonDict = {
    "id": "5f0c6e0f7b9d4f6f9a3c1b2d5f0c6e0f",
    "state": "ready",
    "format": "ghost",
    "filename": "anna-lind.ghost.2026-03-01.zip",
    "size": 18234112,
    "created_at": "2026-03-01T09:05:00Z",
    "created_by": {"id": "0d9f1c2b3a4e5f60718293a4b5c6d7e8", "name": "Anna Lind"},
    "kept_until": "2026-03-02T09:05:00Z",
    "finished_at": None,
    "done": 45,
    "total": 45,
    "totals": _TOTALS,
    "error": None,
    "version": 5,
}
LINE_EXAMPLE: JsonDict = {
    "number": 7,
    "source": "Ghost post 7",
    "outcome": "added",
    "kind": "post",
    "title": "Timeouts, retries and the bill for both",
    "slug": "timeouts-retries",
    "notes": ["The embedded page is a link now."],
    "missing": ["https://old.example/content/images/2021/05/latency.png"],
}


class ImportWanted(BaseModel):
    """A form with the archive (at most 200 MB) and, where it is not to be recognised, its format."""

    model_config = ConfigDict(extra="forbid")

    archive: Annotated[str, Field(json_schema_extra={"format": "binary"})]
    format: Annotated[str, Field(json_schema_extra={"enum": ["auto", *ArchiveFormat]})] = "auto"


class TotalsShown(Shown):
    """How many items had which outcome so far; together they are `done`."""

    added: int
    present: int
    skipped: int
    refused: int


class ImportShown(Shown):
    """*state*: `checking` (looked through, nothing is written), `ready` (waits for its confirmation until
    *kept_until*), `running`, and the ends `done`, `failed`, `cancelled`. *done* of *total* items have their line;
    *total* is 0 until the archive has been looked through. *format* is null until it is recognised. *error* says why
    it failed."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    id: str
    state: ImportState
    format: ArchiveFormat | None
    filename: str
    size: int
    created_at: MomentShown
    created_by: SaverShown
    kept_until: MomentShown
    finished_at: MomentShown | None
    done: int
    total: int
    totals: TotalsShown
    error: str | None
    version: int

    @classmethod
    def of(cls, one: Import, words: Catalogue) -> ImportShown:
        counts = one.counts
        return cls(
            id=one.id,
            state=one.state,
            format=one.format,
            filename=one.filename,
            size=one.size,
            created_at=one.created_at,
            created_by=SaverShown(id=one.created_by, name=one.created_by_name),
            kept_until=one.kept_until,
            finished_at=one.finished_at,
            done=one.done,
            total=one.total,
            totals=TotalsShown(
                added=counts.added, present=counts.present, skipped=counts.skipped, refused=counts.refused
            ),
            error=_said(one.error, words) if one.error else None,
            version=one.version,
        )


class ImportsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EXAMPLE], "next_cursor": None}]})

    items: tuple[ImportShown, ...]
    next_cursor: str | None


class ImportLineShown(Shown):
    """*number* is the item's place in the archive; *outcome*: `added` (while `checking` and `ready`: would be),
    `present` (it came with an earlier import), `skipped` or `refused`, and *notes* say why. *missing* are pictures that
    the archive does not have. *kind* is null for what is neither post nor page."""

    model_config = ConfigDict(json_schema_extra={"examples": [LINE_EXAMPLE]})

    number: int
    source: str
    outcome: Outcome
    kind: PostKind | None
    title: str
    slug: str
    notes: tuple[str, ...]
    missing: tuple[str, ...]

    @classmethod
    def of(cls, told: NumberedLine, words: Catalogue) -> ImportLineShown:
        line = told.line
        return cls(
            number=told.number,
            source=line.source,
            outcome=line.outcome,
            kind=line.kind,
            title=line.title,
            slug=line.slug,
            notes=tuple(_said(note, words) for note in line.notes),
            missing=line.missing,
        )


class ImportLinesShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [LINE_EXAMPLE], "next_cursor": "7"}]})

    items: tuple[ImportLineShown, ...]
    next_cursor: str | None


class LinesQuery(Paging):
    """*outcome* leaves the lines that have it."""

    outcome: Annotated[Outcome | None, Field(description="Only lines with this outcome.")] = None


def _said(note: Note, words: Catalogue) -> str:
    return words.say(note.message, note.params)
