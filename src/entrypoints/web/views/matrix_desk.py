"""The matrix at the owner's desk: what there is to do, and its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from entrypoints.web.views.charts_matrix import CoverageChart
from entrypoints.web.views.desk import PostStatus
from entrypoints.web.views.editor import DiffPiece, ReadinessLine, Schedule
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.history import FieldDifference, RevisionItem, TextField
from entrypoints.web.views.matrix import GradeMark
from entrypoints.web.views.reading import NO_HTML, Pagination

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DoublesFragment:
    """`admin/matrix/_doubles.html` (target `doubles`): questions that say nearly the same as what is being typed.
    *is_exact*: one says just that, and *must_confirm*: it is kept only when the box is ticked."""

    items: tuple[DeskQuestionItem, ...] = ()
    is_exact: bool = False
    must_confirm: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPreview:
    """`admin/matrix/_preview.html` (target `preview`); with *is_answer* also `_readiness.html`, out of band."""

    lang: str = ""
    answer_html: Markup = NO_HTML
    expectation_html: Markup = NO_HTML
    readiness: tuple[ReadinessLine, ...] = ()
    is_answer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceRow:
    """Row *number* of the form; *id* is empty for what is not attached yet."""

    number: int
    id: str = ""
    name: str = ""
    url: str = ""
    why: str = ""
    position: str = ""
    is_dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceChoice:
    """A post that can show the skill."""

    id: str
    title: str
    lang: str
    is_chosen: bool = False
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskQuestion:
    """A question as the pages about it name it; the flags are this person's rights on it."""

    id: str
    title: str
    slug: str
    status: PostStatus
    lang: str
    version: int
    updated_at: datetime
    published_at: datetime | None = None
    sheet_name: str = ""
    sheet_desk_url: str = ""
    live_url: str = ""
    is_flagged: bool = False
    may_edit: bool = True
    may_publish: bool = True
    may_withdraw: bool = True
    may_trash: bool = True

    @property
    def desk_url(self) -> str:
        """The address of its forms; the editor is at …/edit."""
        return f"{QUESTIONS}/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEditPage:
    """`admin/matrix/edit.html`. *question* is None for a new one. *languages* are those of the site but its own, each
    with fields `translations-LANG-NAME`."""

    form: Form
    schedule: Schedule
    lang: str
    question: DeskQuestion | None = None
    places: tuple[PlaceGroup, ...] = ()
    grades: tuple[Choice, ...] = ()
    frequencies: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    resources: tuple[ResourceRow, ...] = ()
    library: tuple[Choice, ...] = ()
    evidence: tuple[EvidenceChoice, ...] = ()
    doubles: DoublesFragment = field(default_factory=DoublesFragment)
    preview: QuestionPreview = field(default_factory=QuestionPreview)

    @property
    def action(self) -> str:
        return self.question.desk_url if self.question else QUESTIONS

    @property
    def is_published(self) -> bool:
        """Whether visitors see it, or will without anybody doing more."""
        return self.question is not None and self.question.status in ("published", "scheduled")

    def has_trouble(self, *prefixes: str) -> bool:
        """Whether a field with one of these names was refused."""
        return any(name.startswith(prefixes) for name in self.form.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictField:
    """What differs: *mine* is what was typed, *theirs* what stands, both as they are sent, with *mine_shown* and
    *theirs_shown* for people. *takes_theirs*: only they changed it. *pieces* lead from theirs to mine."""

    name: str
    mine: str
    theirs: str
    mine_shown: str
    theirs_shown: str
    takes_theirs: bool = False
    is_prose: bool = True
    pieces: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionConflictPage:
    """`admin/matrix/conflict.html`, status 409: both texts. *kept* are the fields that go along as they were typed,
    *others* those of what stands that are sent as `theirs-…` because they are chosen all together."""

    question: DeskQuestion
    differing: tuple[ConflictField, ...]
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPreviewPage:
    """`admin/matrix/show.html`: the question as visitors will see it, in the desk."""

    question: DeskQuestion
    place: str
    answer_html: Markup = NO_HTML
    expectation_html: Markup = NO_HTML
    hint: str = ""
    grade: GradeMark | None = None
    frequency: str = ""
    resources: tuple[Choice, ...] = ()
    evidence: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRevisionListPage:
    """`admin/matrix/revisions.html`: newest first."""

    question: DeskQuestion
    revisions: tuple[RevisionItem, ...] = ()
    older_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRevisionPage:
    """`admin/matrix/revision.html`. *problems*: why it was not taken back."""

    question: DeskQuestion
    revision: RevisionItem
    fields: tuple[TextField, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionComparisonPage:
    """`admin/matrix/comparison.html`; *new* is None for the text as it stands."""

    question: DeskQuestion
    old: RevisionItem
    new: RevisionItem | None = None
    differences: tuple[FieldDifference, ...] = ()
