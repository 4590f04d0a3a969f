"""The structure of the matrix as the desk shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.competency_matrix.sheets import Section, Sheet
from core.competency_matrix.use_cases.show_structure import Structure
from entrypoints.web.views import Choice, Form
from entrypoints.web.views import matrix_keeping as views

STRUCTURE = "/admin/matrix/structure"
DIGITS = 6


def sheet_row(sheet: Sheet, structure: Structure) -> views.SheetRow:
    return views.SheetRow(
        id=sheet.id,
        key=sheet.key,
        name=sheet.name,
        version=sheet.version,
        sections=len(sheet.sections),
        held=structure.held_in(sheet),
    )


def section_row(section: Section, structure: Structure) -> views.SectionRow:
    return views.SectionRow(
        id=section.id,
        name=section.name,
        held=structure.held_in(section),
        subsections=tuple(
            views.SubsectionRow(id=one.id, name=one.name, held=structure.held.get(one.id, 0))
            for one in section.subsections
        ),
    )


def place_page(sheet: Sheet, place_id: str, structure: Structure, form: Form | None, message: str) -> views.PlacePage:
    """Raises PlaceNotFound."""
    section = next((one for one in sheet.sections if one.id == place_id), None)
    if section is not None:
        return views.PlacePage(
            sheet=sheet_row(sheet, structure),
            id=section.id,
            name=section.name,
            kind="section",
            form=form or Form(values={"name": section.name}),
            held=structure.held_in(section),
            merges=section_groups(structure.sheets, without=section.id),
            message=message,
        )
    return _subsection_page(sheet, place_id, structure, form, message)


def _subsection_page(
    sheet: Sheet, place_id: str, structure: Structure, form: Form | None, message: str
) -> views.PlacePage:
    around, subsection = sheet.section_of(place_id), sheet.subsection(place_id)
    return views.PlacePage(
        sheet=sheet_row(sheet, structure),
        id=subsection.id,
        name=subsection.name,
        kind="subsection",
        form=form or Form(values={"name": subsection.name}),
        within=around.name,
        held=structure.held.get(subsection.id, 0),
        moves=section_groups(structure.sheets, without=around.id),
        merges=subsection_groups(structure.sheets, without={place_id}),
        message=message,
    )


def section_groups(sheets: Sequence[Sheet], *, without: str) -> tuple[views.ChoiceGroup, ...]:
    """All sections but one, by sheet."""
    groups = (
        views.ChoiceGroup(label=sheet.name, choices=_choices(sheet.sections, without=without)) for sheet in sheets
    )
    return tuple(group for group in groups if group.choices)


def subsection_groups(sheets: Sequence[Sheet], *, without: set[str] | None = None) -> tuple[views.ChoiceGroup, ...]:
    """All subsections but those in *without*, by sheet."""
    groups = []
    for sheet in sheets:
        choices = tuple(
            Choice(value=subsection.id, label=f"{section.name} · {subsection.name}")
            for section in sheet.sections
            for subsection in section.subsections
            if subsection.id not in (without or set())
        )
        if choices:
            groups.append(views.ChoiceGroup(label=sheet.name, choices=choices))
    return tuple(groups)


def _choices(sections: Sequence[Section], *, without: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=section.id, label=section.name) for section in sections if section.id != without)


def seen_in(values: Mapping[str, str]) -> list[str]:
    """The order that somebody saw."""
    return [place_id for place_id in values.get("seen", "").split(",") if place_id]


def wanted_from(values: Mapping[str, str]) -> list[str]:
    """The order that a form asks for: as things were dragged (``order``), with one of them a step up or down, or by
    the numbers that were typed (``number-<id>``)."""
    seen = seen_in(values)
    if values.get("order"):
        return [place_id for place_id in values["order"].split(",") if place_id]
    for field, step in (("up", -1), ("down", 1)):
        if values.get(field) in seen:
            return _stepped(seen, values[field], step)
    return sorted(seen, key=lambda place_id: _number(values.get(f"number-{place_id}", ""), seen.index(place_id) + 1))


def _stepped(seen: Sequence[str], place_id: str, step: int) -> list[str]:
    place = seen.index(place_id)
    others = [one for one in seen if one != place_id]
    others.insert(max(0, place + step), place_id)
    return others


def _number(typed: str, otherwise: int) -> int:
    text = typed.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else otherwise
