"""How the matrix is laid out and what it is made of, on the desk: structure, settings, library, suggestions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from entrypoints.web.views.desk import PostStatus
from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.reading import Pagination

PlaceKind = Literal["sheet", "section", "subsection"]
SuggestionTab = Literal["new", "accepted", "rejected", "all"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceGroup:
    """Choices of a select under a common *label*."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """*held* counts questions of every status, trashed ones too."""

    id: str
    key: str
    name: str
    version: int = 1
    sections: int = 0
    held: int = 0

    @property
    def url(self) -> str:
        return f"/admin/matrix/structure/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsPage:
    """`admin/matrix/structure.html`: the sheets in their order, and the form for another one (name, key,
    description). *message*: why what was asked for was not done."""

    sheets: tuple[SheetRow, ...] = ()
    form: Form = field(default_factory=Form)
    message: str = ""

    @property
    def seen(self) -> str:
        return ",".join(sheet.id for sheet in self.sheets)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsectionRow:
    id: str
    name: str
    held: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionRow:
    id: str
    name: str
    held: int = 0
    subsections: tuple[SubsectionRow, ...] = ()

    @property
    def seen(self) -> str:
        return ",".join(subsection.id for subsection in self.subsections)


@dataclass(frozen=True, slots=True, kw_only=True)
class StructurePage:
    """`admin/matrix/structure_sheet.html`: a sheet as a tree. *form* has key, name, description; *added* is the name
    of a section or, in the section *added_to*, of a subsection that was refused."""

    sheet: SheetRow
    form: Form
    sections: tuple[SectionRow, ...] = ()
    added: Form = field(default_factory=Form)
    added_to: str | None = None
    message: str = ""

    @property
    def seen(self) -> str:
        return ",".join(section.id for section in self.sections)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacePage:
    """`admin/matrix/place.html`: a section or subsection. *form* has its name; *moves* are the sections that a
    subsection can go to, *merges* the places that it can become part of."""

    sheet: SheetRow
    id: str
    name: str
    kind: PlaceKind
    form: Form
    within: str = ""
    held: int = 0
    moves: tuple[ChoiceGroup, ...] = ()
    merges: tuple[ChoiceGroup, ...] = ()
    message: str = ""

    @property
    def url(self) -> str:
        return f"{self.sheet.url}/places/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletionPage:
    """`admin/matrix/deletion.html`: where the *held* questions go before the place is deleted. *action* takes the form
    (into), *back_url* leads back."""

    name: str
    kind: PlaceKind
    action: str
    back_url: str
    version: int
    held: int
    groups: tuple[ChoiceGroup, ...]
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeRow:
    """A row of the form of settings; the last one is empty, for another grade. *shade* from 1 (light) to 12 (deep) is
    what the grade has without a colour of its own."""

    number: int
    key: str = ""
    name: str = ""
    colour: str = ""
    has_colour: bool = False
    is_gone: bool = False
    is_new: bool = False
    shade: int = 12
    key_error: str = ""
    name_error: str = ""
    colour_error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettingsPage:
    """`admin/matrix/settings.html`. *form* has version, accepts_suggestions and shows_coverage. *held_url* leads to the
    questions of a grade that cannot go; *is_unsaved*: rows changed places, nothing is kept yet."""

    form: Form
    grades: tuple[GradeRow, ...] = ()
    held_url: str = ""
    is_unsaved: bool = False
    is_shown: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceItem:
    """*used* is how many questions have it, None where that is not counted."""

    id: str
    name: str
    url: str
    host: str
    version: int = 1
    used: int | None = None
    checked_at: datetime | None = None
    trouble: str = ""

    @property
    def desk_url(self) -> str:
        return f"/admin/matrix/resources/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcesPage:
    """`admin/matrix/resources.html`, and `admin/matrix/_resources.html` alone for HTMX (target `resources`). *form* has
    name and url of a new one; *is_troubled*: only those whose links were dead."""

    resources: tuple[ResourceItem, ...]
    pagination: Pagination
    query: str = ""
    is_troubled: bool = False
    form: Form = field(default_factory=Form)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedIn:
    """A question that has a resource, or resembles a suggestion; *live_url* is empty for what is not public."""

    title: str
    url: str
    status: PostStatus
    live_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourcePage:
    """`admin/matrix/resource.html`: the form (name, url, version) and where it is used."""

    resource: ResourceItem
    form: Form
    used_in: tuple[UsedIn, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceMergePage:
    """`admin/matrix/resource_merge.html`: which of *resources* stays."""

    resources: tuple[ResourceItem, ...]
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionItem:
    """*place* is the sheet, *grade* the name of the grade that it is meant for, empty for any; *question_url* leads to
    the question that it became."""

    id: str
    question: str
    state: Literal["new", "accepted", "rejected"]
    created_at: datetime
    name: str = ""
    remark: str = ""
    place: str = ""
    grade: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    question_url: str = ""

    @property
    def desk_url(self) -> str:
        return f"/admin/matrix/suggestions/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionsPage:
    """`admin/matrix/suggestions.html`: the queue, or what became of suggestions. *waiting* counts new ones;
    *is_open*: visitors may propose questions."""

    suggestions: tuple[SuggestionItem, ...]
    pagination: Pagination
    tab: SuggestionTab = "new"
    waiting: int = 0
    is_open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionDeskPage:
    """`admin/matrix/suggestion.html`: one, what resembles it, and the form of the draft that it may become (question,
    subsection_id, grade, hint, answer, expectation). *message*: why what was asked for was not done."""

    suggestion: SuggestionItem
    form: Form
    alike: tuple[UsedIn, ...] = ()
    places: tuple[ChoiceGroup, ...] = ()
    grades: tuple[Choice, ...] = ()
