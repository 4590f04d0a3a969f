"""Making one place of two."""

from __future__ import annotations

from collections.abc import Sequence

from core.competency_matrix.errors import PlaceNotFound
from core.competency_matrix.sheets import Section, Sheet
from core.competency_matrix.texts import folded

Move = tuple[str, str]
"""All questions of the first subsection go to the second one."""


def merged(sheet: Sheet, gone: str, into: str) -> tuple[Sheet, Sequence[Move]]:
    """*sheet* with *gone* as part of *into*, both sections or both subsections, and what has to move for it. Raises
    PlaceNotFound, or Invalid when the section cannot hold so many subsections."""
    if gone == into:
        raise PlaceNotFound
    section_ids = {section.id for section in sheet.sections}
    if (gone in section_ids) is not (into in section_ids):
        raise PlaceNotFound
    if gone in section_ids:
        return _sections(sheet, sheet.section(gone), sheet.section(into))
    sheet.subsection(into)
    return sheet.without(gone), [(gone, into)]


def _sections(sheet: Sheet, gone: Section, into: Section) -> tuple[Sheet, Sequence[Move]]:
    """Subsections that are called the same become one."""
    named = {folded(subsection.name): subsection for subsection in into.subsections}
    changed, moves = sheet.without(gone.id), []
    for subsection in gone.subsections:
        same = named.get(folded(subsection.name))
        if same is None:
            changed = changed.with_moved(subsection, into.id)
        else:
            moves.append((str(subsection.id), str(same.id)))
    return changed, moves
