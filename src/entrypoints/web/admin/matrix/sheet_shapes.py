"""From a sheet with its questions to the grid of the desk."""

from __future__ import annotations

from core.access import Access, Action
from core.competency_matrix.layout import Band, Cell, Row
from core.competency_matrix.use_cases.show_desk_sheet import DeskSheet
from entrypoints.web.admin.matrix.ground import Ground
from entrypoints.web.views.matrix_desk import SHEETS, DeskBand, DeskCell, DeskRow, DeskSheetItem, DeskSheetPage


def sheet_page(found: DeskSheet, access: Access, *, opened: DeskCell | None = None) -> DeskSheetPage:
    """*opened*: the cell that somebody adds to, with her form."""
    ground = Ground(sheets=found.sheets, settings=found.settings)
    columns = tuple(cell.grade for cell in _first_row(found))
    return DeskSheetPage(
        name=found.sheet.name,
        key=found.sheet.key,
        columns=tuple(ground.marks[grade.key] if grade else None for grade in columns),
        bands=tuple(_band(band, found, ground, access, opened) for band in found.bands),
        sheets=tuple(
            DeskSheetItem(name=sheet.name, key=sheet.key, published=0, description=sheet.description)
            for sheet in found.sheets
        ),
        count=sum(len(band.cards) for band in found.bands),
    )


def cell_at(found: DeskSheet, access: Access, subsection_id: str, grade: str) -> DeskCell | None:
    """The cell of that subsection and grade ("" for none), empty where nothing stands; None for no such place."""
    ground = Ground(sheets=found.sheets, settings=found.settings)
    known = {one.key for one in found.settings.grades} | {""}
    for row in (row for band in found.bands for row in band.rows if row.subsection.id == subsection_id):
        if grade not in known:
            return None
        cell = next((one for one in row.cells if (one.grade.key if one.grade else "") == grade), None)
        return desk_cell(row, cell or Cell(grade=None), found, ground, access)
    return None


def desk_cell(row: Row, cell: Cell, found: DeskSheet, ground: Ground, access: Access) -> DeskCell:
    return DeskCell(
        sheet_url=f"{SHEETS}/{found.sheet.key}",
        subsection_id=row.subsection.id,
        grade=cell.grade.key if cell.grade else "",
        label=f"{row.subsection.name}, {cell.grade.name}" if cell.grade else row.subsection.name,
        items=tuple(ground.item(card, access) for card in cell.cards),
        may_order=access.can(Action.ORDER_QUESTIONS),
        may_add=access.can(Action.DRAFT_QUESTION),
    )


def _band(band: Band, found: DeskSheet, ground: Ground, access: Access, opened: DeskCell | None) -> DeskBand:
    rows = []
    for row in band.rows:
        cells = tuple(desk_cell(row, cell, found, ground, access) for cell in row.cells)
        shown = tuple(opened if opened and opened.id == cell.id else cell for cell in cells)
        rows.append(DeskRow(id=row.subsection.id, name=row.subsection.name, cells=shown))
    return DeskBand(id=band.section.id, name=band.section.name, rows=tuple(rows))


def _first_row(found: DeskSheet) -> tuple[Cell, ...]:
    """The columns are alike in all rows; a sheet without rows has those of the grades."""
    rows = [row for band in found.bands for row in band.rows]
    return rows[0].cells if rows else tuple(Cell(grade=grade) for grade in found.settings.grades)
