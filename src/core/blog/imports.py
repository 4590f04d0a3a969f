"""Bringing the posts of another site in, and what is told about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.blog.archives import FoundItem, FoundPicture, Note, SkippedItem
from core.blog.entities import PostKind


class Outcome(StrEnum):
    """ADDED: it is in the site now (or would be, in a dry run). PRESENT: it came with an earlier import."""

    ADDED = "added"
    PRESENT = "present"
    SKIPPED = "skipped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """What became of one item of an archive; *kind* is None for what is no text. *missing* are pictures that the
    archive does not have or that could not be used."""

    source: str
    outcome: Outcome
    kind: PostKind | None = None
    title: str = ""
    slug: str = ""
    notes: tuple[Note, ...] = ()
    missing: tuple[str, ...] = ()


def line_of(
    item: FoundItem | FoundPicture,
    outcome: Outcome,
    *,
    slug: str | None = None,
    notes: tuple[Note, ...] = (),
    missing: tuple[str, ...] = (),
) -> ReportLine:
    """What came before is told of without *notes*: nothing is done to it."""
    if isinstance(item, FoundPicture):
        title = item.picture.filename
        return ReportLine(source=item.source, outcome=outcome, title=title, notes=notes, missing=missing)
    return ReportLine(
        source=item.source,
        outcome=outcome,
        kind=item.kind,
        title=item.text.title,
        slug=item.text.slug if slug is None else slug,
        notes=() if outcome is Outcome.PRESENT else (*item.notes, *notes),
        missing=() if outcome is Outcome.PRESENT else (*item.missing, *missing),
    )


def skipped_line(item: SkippedItem) -> ReportLine:
    return ReportLine(source=item.source, outcome=Outcome.SKIPPED, notes=(item.reason,))
