"""From sheets and finds to the pages that list questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.competency_matrix.cards import FoundQuestion, FoundQuestions, QuestionCard
from core.competency_matrix.choice import Choice
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.layout import Band, Row, laid_out
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.texts import Frequency
from core.competency_matrix.use_cases.show_sheet import ShownSheet
from entrypoints.web.pages.matrix.addresses import interview_url, sheet_url
from entrypoints.web.pages.matrix.asking import Asked
from entrypoints.web.pages.matrix.marks import (
    FREQUENCIES,
    Marks,
    Say,
    by_id,
    grade_marks,
    place_of,
    question_item,
    text_pieces,
)
from entrypoints.web.views import Pagination
from entrypoints.web.views.matrix import (
    Finds,
    GridBand,
    GridColumn,
    GridRow,
    MatrixFilters,
    Pick,
    QuestionItem,
    SectionPicks,
    SheetLink,
    SheetPage,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lister:
    """Makes the page of one *sheet* out of what use cases found for what was *asked*."""

    sheet: Sheet
    sheets: Sequence[Sheet]
    settings: MatrixSettings
    asked: Asked
    say: Say

    @property
    def marks(self) -> Marks:
        return grade_marks(self.settings)

    def page(self) -> SheetPage:
        """All but the questions."""
        url = sheet_url(self.sheet)
        narrow = Choice(section=self.asked.choice.section, grades=self.asked.choice.grades)
        return SheetPage(
            id=self.sheet.id,
            name=self.sheet.name,
            url=url,
            description=self.sheet.description,
            view=self.asked.view,
            filters=filters(self.sheet, self.settings, self.asked, self.say),
            grid_url=replace(self.asked, view="grid", number=1).url(url),
            list_url=replace(self.asked, view="list", number=1).url(url),
            interview_url=Asked(choice=narrow).url(interview_url(self.sheet)),
            sheets=tuple(
                SheetLink(name=one.name, url=sheet_url(one), is_current=one.id == self.sheet.id) for one in self.sheets
            ),
            grades=tuple(self.marks.values()),
            accepts_suggestions=self.settings.accepts_suggestions,
        )

    def of_sheet(self, shown: ShownSheet) -> SheetPage:
        page = self._laid(shown.bands, {})
        return replace(page, shown=shown.shown, total=shown.tally.questions)

    def of_grid(self, found: FoundQuestions) -> SheetPage:
        """Finds in their places, the matches marked."""
        items = found.page.items
        page = self._laid(laid_out(self.sheet, [one.card for one in items], self.settings), by_id(items))
        finds = Finds(items=(), pagination=Pagination(total=found.page.total), corrected=found.corrected or "")
        return replace(page, finds=finds, shown=len(items), total=found.page.total)

    def of_finds(self, found: FoundQuestions) -> SheetPage:
        """Finds by rank."""
        url = sheet_url(self.sheet)
        finds = ranked(found, {self.sheet.id: self.sheet}, self.marks, self.say, path=url, asked=self.asked)
        return replace(self.page(), finds=finds, shown=len(finds.items), total=found.page.total)

    def _laid(self, bands: Sequence[Band], found: Mapping[str, FoundQuestion]) -> SheetPage:
        rows = [row for band in bands for row in band.rows]
        widths = range(len(rows[0].cells)) if rows else ()
        places = [place for place in widths if any(row.cells[place].cards for row in rows)]
        columns = []
        for place in places:
            grade = rows[0].cells[place].grade
            count = sum(len(row.cells[place].cards) for row in rows)
            columns.append(GridColumn(grade=self.marks.get(grade.key) if grade else None, count=count))
        shown = tuple(self._band(band, places, found) for band in bands if band.cards)
        return replace(self.page(), columns=tuple(columns), bands=shown)

    def _band(self, band: Band, places: Sequence[int], found: Mapping[str, FoundQuestion]) -> GridBand:
        marks = self.marks

        def items(row: Row, place: int) -> tuple[QuestionItem, ...]:
            return tuple(self._item(card, marks, found) for card in row.cells[place].cards)

        rows = tuple(
            GridRow(name=row.subsection.name, cells=tuple(items(row, place) for place in places))
            for row in band.rows
            if row.cards
        )
        return GridBand(id=band.section.id, name=band.section.name, rows=rows)

    def _item(self, card: QuestionCard, marks: Marks, found: Mapping[str, FoundQuestion]) -> QuestionItem:
        item = question_item(card, self.sheet, marks, self.say)
        return replace(item, pieces=text_pieces(found[card.id].question)) if card.id in found else item


def ranked(
    found: FoundQuestions, sheets: Mapping[str, Sheet], marks: Marks, say: Say, *, path: str, asked: Asked
) -> Finds:
    """Finds of one sheet or of several, best first; where there are several each names its own."""
    items = []
    for one in found.page.items:
        sheet = sheets[one.card.sheet_id]
        place = place_of(sheet, one.card.subsection_id)
        items.append(
            replace(
                question_item(one.card, sheet, marks, say),
                place=f"{sheet.name} · {place}" if len(sheets) > 1 else place,
                pieces=text_pieces(one.question),
                snippet=text_pieces(one.snippet),
            )
        )
    return Finds(items=tuple(items), pagination=_pagination(found, path, asked), corrected=found.corrected or "")


def _pagination(found: FoundQuestions, path: str, asked: Asked) -> Pagination:
    page = found.page
    return Pagination(
        number=page.number,
        last=page.last,
        total=page.total,
        previous_url=replace(asked, number=page.number - 1).url(path) if page.number > 1 else "",
        next_url=replace(asked, number=page.number + 1).url(path) if page.number < page.last else "",
    )


def filters(sheet: Sheet, settings: MatrixSettings, asked: Asked, say: Say) -> MatrixFilters:
    choice = asked.choice
    return MatrixFilters(
        query=choice.text,
        grades=tuple(
            Pick(value=mark.key, label=mark.name, is_on=key in choice.grades, grade=mark)
            for key, mark in grade_marks(settings).items()
        ),
        sections=tuple(
            SectionPicks(
                section=Pick(value=section.id, label=section.name, is_on=section.id == choice.section),
                subsections=tuple(
                    Pick(value=one.id, label=one.name, is_on=one.id == choice.section) for one in section.subsections
                ),
            )
            for section in sheet.sections
        ),
        frequencies=tuple(
            Pick(value=one.value, label=say(FREQUENCIES[one]), is_on=one in choice.frequencies) for one in Frequency
        ),
        has_evidence=choice.has_evidence,
        is_narrow=choice.is_narrow,
    )
