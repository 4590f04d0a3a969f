"""The matrix at the owner's desk: what there is to do, and its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from entrypoints.web.views.charts_matrix import CoverageChart
from entrypoints.web.views.desk import PostStatus
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.matrix import GradeMark
from entrypoints.web.views.reading import Pagination

QUESTIONS = "/admin/matrix/questions"
SHEETS = "/admin/matrix/sheets"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """The subsections of one section, to choose from; *label* names sheet and section."""

    label: str
    places: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkLine:
    """*code* is a status, what is lacking ("no_answer"), "flagged", "trashed" or "suggestions"."""

    code: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSheetItem:
    """*published* of its questions can be read; *description* says what it is about."""

    name: str
    key: str
    published: int
    description: str = ""

    @property
    def desk_url(self) -> str:
        return f"{SHEETS}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixDeskPage:
    """`admin/matrix/index.html`. *is_on*: the site shows its matrix."""

    states: tuple[WorkLine, ...] = ()
    lacking: tuple[WorkLine, ...] = ()
    others: tuple[WorkLine, ...] = ()
    sheets: tuple[DeskSheetItem, ...] = ()
    coverage: CoverageChart | None = None
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuestionItem:
    """A question in a list or a cell; *live_url* is empty for what is not public, *title* for what has no words."""

    id: str
    title: str
    status: PostStatus
    version: int
    updated_at: datetime
    grade: GradeMark | None = None
    place: str = ""
    live_url: str = ""
    is_flagged: bool = False
    evidence: int = 0
    may_edit: bool = True
    may_trash: bool = True

    @property
    def name(self) -> str:
        """As lists to be put in order call their rows."""
        return self.title

    @property
    def desk_url(self) -> str:
        return f"{QUESTIONS}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFilters:
    """The filters of the URL, "" for all."""

    query: str = ""
    sheet: str = ""
    grade: str = ""
    status: str = ""
    lack: str = ""
    resource: str = ""
    is_flagged: bool = False
    is_trashed: bool = False

    @property
    def values(self) -> Mapping[str, str]:
        """As they stand in the address."""
        return {
            "q": self.query,
            "sheet": self.sheet,
            "grade": self.grade,
            "status": self.status,
            "lack": self.lack,
            "resource": self.resource,
            "flagged": "yes" if self.is_flagged else "",
            "trashed": "yes" if self.is_trashed else "",
        }

    @property
    def is_narrow(self) -> bool:
        return any(self.values.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkResult:
    """Why nothing was done to those chosen: *lines* are sentences about single ones. *deed*, *grade* and *place* are
    what was to be done."""

    message: str
    lines: tuple[str, ...] = ()
    deed: str = ""
    grade: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionListPage:
    """`admin/matrix/questions.html`, and `admin/matrix/_list.html` alone for HTMX (target `questions`)."""

    questions: tuple[DeskQuestionItem, ...]
    pagination: Pagination
    filters: DeskFilters = field(default_factory=DeskFilters)
    sheets: tuple[Choice, ...] = ()
    grades: tuple[Choice, ...] = ()
    places: tuple[PlaceGroup, ...] = ()
    result: BulkResult | None = None
    chosen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCell:
    """`partials/matrix_cell.html`: the questions of one subsection and grade. *may_order*: this person puts them in
    order. *message*: why that was not done. *form* is that of a question to add here (None: a link to it)."""

    sheet_url: str
    subsection_id: str
    grade: str
    label: str
    items: tuple[DeskQuestionItem, ...] = ()
    may_order: bool = False
    may_add: bool = False
    message: str = ""
    form: Form | None = None
    doubles: tuple[DeskQuestionItem, ...] = ()

    @property
    def id(self) -> str:
        return f"c-{self.subsection_id}-{self.grade or 'none'}"

    @property
    def query(self) -> str:
        """What names the cell in an address."""
        return f"place={self.subsection_id}&grade={self.grade}"

    @property
    def seen(self) -> str:
        """The present order, as it is sent along to tell whether somebody else changed it."""
        return ",".join(item.id for item in self.items)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    id: str
    name: str
    cells: tuple[DeskCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskBand:
    id: str
    name: str
    rows: tuple[DeskRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSheetPage:
    """`admin/matrix/sheet.html`: the grid with questions of every status. *columns* None: what has no grade."""

    name: str
    key: str
    columns: tuple[GradeMark | None, ...] = ()
    bands: tuple[DeskBand, ...] = ()
    sheets: tuple[DeskSheetItem, ...] = ()
    count: int = 0

    @property
    def desk_url(self) -> str:
        return f"{SHEETS}/{self.key}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellOrderPage:
    """`admin/matrix/order.html`: one cell as a list to be put in order, by numbers and by buttons."""

    sheet_name: str
    cell: DeskCell
