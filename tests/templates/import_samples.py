"""Imports in all their states: with everything, and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from entrypoints.web import views
from entrypoints.web.views.imports import ImportOutcome, ImportState

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
ITEM = views.ImportItem(id="ab", filename="old-site.zip", state="ready", created_at=NOW, kept_until=NOW)
FULL = replace(
    ITEM, format="Ghost", author="Anna", done=45, total=45, added=41, present=1, skipped=2, refused=1, finished_at=NOW
)
FORMATS = (views.Choice(value="auto", label="Recognise it"), views.Choice(value="ghost", label="Ghost"))
REFUSED = views.Form(values={"format": "ghost"}, errors={"archive": "No.", "format": "No."}, message="No.")
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    listed = views.ImportListPage(
        formats=FORMATS,
        archive_bytes=209_715_200,
        form=REFUSED,
        imports=tuple(replace(FULL, state=state) for state in get_args(ImportState)),
        older_url="/admin/import?cursor=x",
    )
    empty = views.ImportListPage(formats=FORMATS, archive_bytes=209_715_200)
    yield "admin/import/index.html", "/admin/import", listed, empty
    busy = replace(listed, standing=FULL)
    yield "admin/import/index.html", "/admin/import", busy, replace(busy, form=views.Form())
    lines = tuple(
        views.ReportItem(
            number=number,
            source=f"blog/{outcome}.md",
            outcome=outcome,
            kind="page",
            title="A title",
            address="/pages/a-title",
            notes=("Left out.",),
            missing=("https://old.example/a.png",),
        )
        for number, outcome in enumerate(get_args(ImportOutcome), 1)
    )
    bare = views.ReportItem(number=5, source="menu.json", outcome="skipped")
    tabs = tuple(views.OutcomeTab(outcome=outcome, count=2, url="#") for outcome in ("", *get_args(ImportOutcome)))
    for state in get_args(ImportState):
        item = replace(FULL, state=state, error="It is broken." if state == "failed" else "")
        full = views.ImportPage(
            item=item, outcome="added", tabs=tabs, lines=(*lines, bare), next_url="#", message="Too late."
        )
        new = views.ImportPage(item=replace(ITEM, state=state))
        yield "admin/import/show.html", "/admin/import/ab", full, new
        yield "admin/import/_progress.html", "/admin/import/ab", full, new
    nothing = views.ImportPage(item=FULL, outcome="refused", tabs=tabs)
    yield "admin/import/show.html", "/admin/import/ab", nothing, nothing
