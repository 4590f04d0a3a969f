"""The matrix as readers see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from entrypoints.web.views.charts_matrix import CoverageChart, GradeBar
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.reading import NO_HTML, Pagination, TextPiece, Translation
from entrypoints.web.views.seo import Seo


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeMark:
    """A grade: *shade* is its place from 1 (light) to 12 (deep), whatever the number of grades; *colour* (#rrggbb) is
    the owner's own in its place."""

    key: str
    name: str
    shade: int = 12
    colour: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionItem:
    """A question in a list. *mark* names it in what the visitor's browser keeps; *place* is the section (and sheet)
    that it stands in where a list does not say so; *pieces* and *snippet* only of a find."""

    title: str
    url: str
    mark: str
    hint: str = ""
    grade: GradeMark | None = None
    frequency: str = ""
    evidence: int = 0
    place: str = ""
    pieces: tuple[TextPiece, ...] = ()
    snippet: tuple[TextPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GridColumn:
    """*grade* None: of questions that have none."""

    grade: GradeMark | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GridRow:
    """*cells* are as the columns of the page, empty ones too."""

    name: str
    cells: tuple[tuple[QuestionItem, ...], ...]

    @property
    def items(self) -> tuple[QuestionItem, ...]:
        return tuple(item for cell in self.cells for item in cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class GridBand:
    """A section with those of its subsections that hold something."""

    id: str
    name: str
    rows: tuple[GridRow, ...]

    @property
    def count(self) -> int:
        return sum(len(cell) for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLink:
    name: str
    url: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSummary:
    """A sheet among the others: *bars* are its counts by grade, each leading to these questions."""

    name: str
    url: str
    description: str
    total: int
    with_evidence: int
    bars: tuple[GradeBar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A choice that can be on or off."""

    value: str
    label: str
    is_on: bool = False
    grade: GradeMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPicks:
    """A section and its subsections as one can choose them."""

    section: Pick
    subsections: tuple[Pick, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFilters:
    """What the form of a sheet offers and what is chosen; *is_narrow*: something is."""

    query: str = ""
    grades: tuple[Pick, ...] = ()
    sections: tuple[SectionPicks, ...] = ()
    frequencies: tuple[Pick, ...] = ()
    has_evidence: bool = False
    is_narrow: bool = False

    @property
    def has_more(self) -> bool:
        """Whether something is chosen that small windows put away."""
        places = [pick for one in self.sections for pick in (one.section, *one.subsections)]
        return self.has_evidence or any(pick.is_on for pick in (*places, *self.frequencies))


@dataclass(frozen=True, slots=True, kw_only=True)
class Finds:
    """The finds of a search, best first; *corrected* is what was looked for in the place of a mistyped text."""

    items: tuple[QuestionItem, ...]
    pagination: Pagination
    corrected: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage:
    """`matrix/index.html`, and `matrix/_finds.html` alone for HTMX (target `finds`)."""

    sheets: tuple[SheetSummary, ...]
    total: int = 0
    query: str = ""
    finds: Finds | None = None
    coverage: CoverageChart | None = None
    accepts_suggestions: bool = False
    seo: Seo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """`matrix/sheet.html`; for HTMX `matrix/_sheet.html` alone, of which the form takes `#found`. *shown* of *total*
    questions stand in *bands* or, ranked, in *finds*; empty sections, subsections and grades are not there."""

    id: str
    name: str
    url: str
    description: str
    view: Literal["grid", "list"]
    filters: MatrixFilters
    grid_url: str
    list_url: str
    interview_url: str
    columns: tuple[GridColumn, ...] = ()
    bands: tuple[GridBand, ...] = ()
    finds: Finds | None = None
    shown: int = 0
    total: int = 0
    sheets: tuple[SheetLink, ...] = ()
    grades: tuple[GradeMark, ...] = ()
    accepts_suggestions: bool = False
    seo: Seo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceLink:
    name: str
    url: str
    host: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainLink:
    title: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """`matrix/show.html`, and `matrix/_question.html` alone for HTMX, which opens it above the list (*is_inside*).
    *lang* is that of the words. *absolute_url* is for "copy link"."""

    title: str
    url: str
    absolute_url: str
    mark: str
    lang: str
    sheet: SheetLink
    sheet_id: str
    place: str
    answer_html: Markup = NO_HTML
    expectation_html: Markup = NO_HTML
    hint: str = ""
    grade: GradeMark | None = None
    frequency: str = ""
    resources: tuple[ResourceLink, ...] = ()
    evidence: tuple[PlainLink, ...] = ()
    previous: PlainLink | None = None
    following: PlainLink | None = None
    translations: tuple[Translation, ...] = ()
    edit_url: str = ""
    is_inside: bool = False
    seo: Seo | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewStartPage:
    """`matrix/interview_start.html`: what one wants to be asked about."""

    name: str
    sheet_id: str
    sheet_url: str
    url: str
    filters: MatrixFilters
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPage:
    """`matrix/interview.html`: question *number* of *last*, its answer closed; no question beyond the last one."""

    name: str
    sheet_id: str
    sheet_url: str
    number: int
    last: int
    question: QuestionPage | None = None
    previous_url: str = ""
    next_url: str = ""
    again_url: str = ""
    change_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionPage:
    """`matrix/suggestions.html`: *alike* are questions that say nearly the same as what was typed, *same* the one that
    says just that. *stamp* says when the form was shown; *limits* are the longest texts by field."""

    form: Form
    sheets: tuple[Choice, ...]
    grades: tuple[Choice, ...]
    stamp: str = ""
    alike: tuple[PlainLink, ...] = ()
    same: PlainLink | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
