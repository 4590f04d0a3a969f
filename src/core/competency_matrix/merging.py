"""Making one place of two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.competency_matrix.errors import PlaceNotFound
from core.competency_matrix.sheets import Section, Sheet
from core.competency_matrix.texts import folded

Move = tuple[str, str]
"""All questions of the first subsection go to the second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """*left* is the sheet without what went, *grown* the one that holds it now: the same one, or another. *moves* and
    the subsections that *came* whole say where questions stand from now on."""

    left: Sheet
    grown: Sheet
    moves: Sequence[Move] = ()
    came: Sequence[str] = ()


def merged(sheet: Sheet, gone: str, into: str, *, other: Sheet | None = None) -> Merged:
    """*gone* as part of *into*, both sections or both subsections; *into* stands in *other* if there is one. Raises
    PlaceNotFound, or Invalid when the section cannot hold so many subsections."""
    target = other or sheet
    if gone == into:
        raise PlaceNotFound
    is_section = any(section.id == gone for section in sheet.sections)
    if is_section is not any(section.id == into for section in target.sections):
        raise PlaceNotFound
    left = sheet.without(gone)
    ground = left if target is sheet else target
    if is_section:
        return _sections(left, ground, sheet.section(gone), target.section(into))
    target.subsection(into)
    return Merged(left=left, grown=ground, moves=[(gone, into)])


def _sections(left: Sheet, ground: Sheet, gone: Section, into: Section) -> Merged:
    """Subsections that are called the same become one."""
    named = {folded(subsection.name): subsection for subsection in into.subsections}
    grown, moves, came = ground, [], []
    for subsection in gone.subsections:
        same = named.get(folded(subsection.name))
        if same is None:
            grown = grown.with_moved(subsection, into.id)
            came.append(str(subsection.id))
        else:
            moves.append((str(subsection.id), str(same.id)))
    return Merged(left=grown if left.id == ground.id else left, grown=grown, moves=moves, came=came)
