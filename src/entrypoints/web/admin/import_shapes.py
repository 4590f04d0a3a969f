"""Imports as the desk shows them."""

from __future__ import annotations

from core.blog.addresses import address_of
from core.blog.archives import ArchiveFormat, Note
from core.blog.import_runs import Import, NumberedLine
from core.blog.imports import Outcome
from core.text import N_
from entrypoints.http.translations import Catalogue
from entrypoints.web.addresses import with_query
from entrypoints.web.views import Choice, ImportItem, OutcomeTab, ReportItem

FORMAT_NAMES = {
    ArchiveFormat.MARKDOWN: "Markdown",
    ArchiveFormat.GHOST: "Ghost",
    ArchiveFormat.WORDPRESS: "WordPress",
}
RECOGNISE = N_("Recognise it")


def format_choices(catalogue: Catalogue) -> tuple[Choice, ...]:
    named = (Choice(value=form.value, label=name) for form, name in FORMAT_NAMES.items())
    return (Choice(value="auto", label=catalogue.gettext(RECOGNISE)), *named)


def import_item(one: Import, catalogue: Catalogue) -> ImportItem:
    return ImportItem(
        id=one.id,
        filename=one.filename,
        state=one.state.value,
        created_at=one.created_at,
        kept_until=one.kept_until,
        format=FORMAT_NAMES[one.format] if one.format else "",
        author=one.created_by_name,
        done=one.done,
        total=one.total,
        added=one.counts.added,
        present=one.counts.present,
        skipped=one.counts.skipped,
        refused=one.counts.refused,
        finished_at=one.finished_at,
        error=said(one.error, catalogue) if one.error else "",
    )


def outcome_tabs(one: Import) -> tuple[OutcomeTab, ...]:
    """All, and each outcome that some line has."""
    path = f"/admin/import/{one.id}"
    tabs = (
        OutcomeTab(outcome=each.value, count=one.counts.of(each), url=with_query(path, outcome=each.value))
        for each in Outcome
        if one.counts.of(each)
    )
    return (OutcomeTab(outcome="", count=one.done, url=path), *tabs)


def report_item(told: NumberedLine, catalogue: Catalogue) -> ReportItem:
    line = told.line
    return ReportItem(
        number=told.number,
        source=line.source,
        outcome=line.outcome.value,
        kind=line.kind.value if line.kind else "",
        title=line.title,
        address=address_of(line.kind, line.slug) if line.kind and line.slug else "",
        notes=tuple(said(note, catalogue) for note in line.notes),
        missing=line.missing,
    )


def said(note: Note, catalogue: Catalogue) -> str:
    return catalogue.say(note.message, note.params)
