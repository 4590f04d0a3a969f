"""A question at the owner's desk: its form, how it will look, what it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from entrypoints.web.views.desk import PostStatus
from entrypoints.web.views.editor import DiffPiece, ReadinessLine, SavedFragment, Schedule
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.history import FieldDifference, RevisionItem, TextField
from entrypoints.web.views.matrix import GradeMark
from entrypoints.web.views.matrix_desk import QUESTIONS, DeskQuestionItem, PlaceGroup
from entrypoints.web.views.media import MediaItem
from entrypoints.web.views.reading import NO_HTML


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
class LibraryItem:
    """A resource that can be attached."""

    name: str
    url: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedFragment:
    """`admin/matrix/_attached.html` (target `attached`): what is worth reading, and more of it to choose from. *found*
    is what the library has for `resource_query`, *total* how much it has of it. *newest*: the row that has just been
    attached. *is_asked*: this part of the form was worked on."""

    form: Form = field(default_factory=Form)
    rows: tuple[ResourceRow, ...] = ()
    found: tuple[LibraryItem, ...] = ()
    total: int = 0
    newest: int | None = None
    is_asked: bool = False

    @property
    def query(self) -> str:
        return self.form.value("resource_query")


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFragment:
    """`admin/matrix/_evidence.html` (target `evidence`): posts that are chosen, and others to choose from.
    *may_search*: this person may look for posts. *is_asked*: this part of the form was worked on."""

    form: Form = field(default_factory=Form)
    choices: tuple[EvidenceChoice, ...] = ()
    may_search: bool = False
    is_asked: bool = False

    @property
    def query(self) -> str:
        return self.form.value("evidence_query")


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
    with fields `translations-LANG-NAME`. *pictures* are the newest files, for the picker. *aside_at*: the form holds
    what this person kept aside then, not what was saved."""

    form: Form
    schedule: Schedule
    lang: str
    question: DeskQuestion | None = None
    places: tuple[PlaceGroup, ...] = ()
    grades: tuple[Choice, ...] = ()
    frequencies: tuple[Choice, ...] = ()
    languages: tuple[Choice, ...] = ()
    attached: AttachedFragment = field(default_factory=AttachedFragment)
    evidence: EvidenceFragment = field(default_factory=EvidenceFragment)
    upload_bytes: int = 0
    pictures: tuple[MediaItem, ...] = ()
    saved_at: datetime | None = None
    aside_at: datetime | None = None
    doubles: DoublesFragment = field(default_factory=DoublesFragment)
    preview: QuestionPreview = field(default_factory=QuestionPreview)

    @property
    def action(self) -> str:
        return self.question.desk_url if self.question else QUESTIONS

    @property
    def is_published(self) -> bool:
        """Whether visitors see it, or will without anybody doing more."""
        return self.question is not None and self.question.status in ("published", "scheduled")

    @property
    def saved(self) -> SavedFragment:
        version = self.question.version if self.question else 0
        is_aside = self.aside_at is not None
        return SavedFragment(
            action=self.action, version=version, saved_at=self.aside_at or self.saved_at, is_aside=is_aside
        )

    @property
    def is_choosing(self) -> bool:
        """More to choose from was asked for: nothing of the form was saved."""
        return self.attached.is_asked or self.evidence.is_asked

    @property
    def needs(self) -> str:
        """The fields without which the form cannot be saved by itself; what is there already is kept aside."""
        return "" if self.question else "question subsection_id"

    def has_trouble(self, *prefixes: str) -> bool:
        """Whether a field with one of these names was refused."""
        return any(name.startswith(prefixes) for name in self.form.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictField:
    """What differs: *mine* is what was typed, *theirs* what stands, both as they are sent, with *mine_shown* and
    *theirs_shown* for people. *takes_theirs*: only they changed it. *typed*: *mine* is both joined,
    this is what was typed. *pieces* lead from theirs to mine."""

    name: str
    mine: str
    theirs: str
    mine_shown: str
    theirs_shown: str
    takes_theirs: bool = False
    is_prose: bool = True
    typed: str = ""
    pieces: tuple[DiffPiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionConflictPage:
    """`admin/matrix/conflict.html`, status 409: both texts. *kept* are the fields that go along as they were typed,
    *others* those of what stands that are sent as `theirs-…` because they are chosen all together."""

    question: DeskQuestion
    differing: tuple[ConflictField, ...]
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionMovePage:
    """`admin/matrix/move.html`: where a question stands, and where it can go."""

    form: Form
    question: DeskQuestion
    place: str
    grade: GradeMark | None = None
    places: tuple[PlaceGroup, ...] = ()
    grades: tuple[Choice, ...] = ()


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
