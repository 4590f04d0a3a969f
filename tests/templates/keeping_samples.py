"""How the matrix is kept: with everything, and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

from entrypoints.web import views
from entrypoints.web.views import matrix_keeping as keeping
from entrypoints.web.views.desk import PostStatus

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
SHEET = keeping.SheetRow(id="a1", key="databases", name="Databases", version=3, sections=2, held=21)
PLAIN = keeping.SheetRow(id="a2", key="web", name="Web")
FIELDS = ("name", "key", "description", "into", "url", "question", "subsection_id", "grade", "hint", "answer")
REFUSED = views.Form(values=dict.fromkeys(FIELDS, "x"), errors=dict.fromkeys(FIELDS, "No."), message="No.")
GROUPS = (keeping.ChoiceGroup(label="Web", choices=(views.Choice(value="x", label="HTTP · Caches"),)),)
MERGES = (keeping.ChoiceGroup(label="Databases", choices=(views.Choice(value="b2", label="Locks"),)),)
SECTION = keeping.SectionRow(
    id="b1",
    name="Indexes",
    held=1,
    subsections=(
        keeping.SubsectionRow(id="c1", name="Plans", held=1),
        keeping.SubsectionRow(id="c2", name="<Kinds>"),
    ),
)
EMPTY = keeping.SectionRow(id="b2", name="Locks")
RESOURCE = keeping.ResourceItem(
    id="d1", name="Manual", url="https://postgresql.example/", host="postgresql.example", version=2, used=2
)
CHECKED = replace(RESOURCE, id="d2", used=None, checked_at=NOW)
DEAD = replace(RESOURCE, id="d3", used=0, checked_at=NOW, trouble="404")
MANY = views.Pagination(number=2, last=3, total=42, previous_url="?page=1", next_url="?page=3")
STATUSES: tuple[PostStatus, ...] = get_args(PostStatus)
QUESTIONS = tuple(
    keeping.UsedIn(title="When?", url="/admin/matrix/questions/1/edit", status=status, live_url="/matrix/databases/x")
    for status in STATUSES
)
OPEN = keeping.SuggestionItem(id="e1", question="Why vacuum?", state="new", created_at=NOW)
DECIDED = replace(
    OPEN,
    id="e2",
    state="accepted",
    name="Carl",
    remark="Dead rows.\nBloat.",
    place="Databases",
    grade="Senior",
    decided_at=NOW,
    decided_by="Anna",
    question_url="/admin/matrix/questions/1/edit",
)
REJECTED = replace(DECIDED, id="e3", state="rejected", question_url="")
GRADES = (
    keeping.GradeRow(number=0, key="junior", name="Junior", colour="#7c8a99", shade=1),
    keeping.GradeRow(number=1, key="x", name="", colour="#c2410c", has_colour=True, is_gone=True),
    keeping.GradeRow(number=2, key="X y", name="", is_new=True, key_error="No.", name_error="No.", colour_error="No."),
    keeping.GradeRow(number=3, colour="#7c8a99", is_new=True),
)
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    yield from _structure()
    everything = keeping.ResourcesPage(resources=(RESOURCE, CHECKED, DEAD), pagination=MANY, query="post", form=REFUSED)
    nothing = keeping.ResourcesPage(resources=(), pagination=views.Pagination())
    for template in ("admin/matrix/resources.html", "admin/matrix/_resources.html"):
        yield template, "/admin/matrix/resources", everything, nothing
        missed, sound = replace(nothing, query="<x>"), replace(nothing, is_troubled=True)
        yield template, "/admin/matrix/resources", missed, sound
    one = keeping.ResourcePage(resource=DEAD, form=REFUSED, used_in=QUESTIONS)
    alone = keeping.ResourcePage(resource=RESOURCE, form=views.Form())
    yield "admin/matrix/resource.html", RESOURCE.desk_url, one, alone
    yield "admin/matrix/resource.html", RESOURCE.desk_url, replace(one, resource=CHECKED), alone
    several = keeping.ResourceMergePage(resources=(RESOURCE, CHECKED, DEAD))
    few = keeping.ResourceMergePage(resources=(RESOURCE,), message="Choose two.")
    yield "admin/matrix/resource_merge.html", "/admin/matrix/resources/merge", several, few
    yield from _suggestions()
    settings = keeping.MatrixSettingsPage(
        form=views.Form(values={"accepts_suggestions": "yes", "version": "2"}, errors={"grades": "Too many."}),
        grades=GRADES,
        held_url="/admin/matrix/questions?grade=junior",
        is_unsaved=True,
        is_shown=False,
    )
    kept = keeping.MatrixSettingsPage(form=views.Form(), grades=GRADES[:1])
    yield "admin/matrix/settings.html", "/admin/matrix/settings", settings, kept


def _structure() -> Iterator[Pair]:
    path = "/admin/matrix/structure"
    sheets = keeping.SheetsPage(sheets=(SHEET, PLAIN), form=REFUSED, message="Somebody was faster.")
    yield "admin/matrix/structure.html", path, sheets, keeping.SheetsPage()
    added = views.Form(values={"name": "Plans"}, errors={"name": "There is one."})
    whole = keeping.StructurePage(
        sheet=SHEET, form=REFUSED, sections=(SECTION, EMPTY), added=added, added_to="b1", message="No."
    )
    bare = keeping.StructurePage(sheet=PLAIN, form=views.Form())
    yield "admin/matrix/structure_sheet.html", SHEET.url, whole, bare
    yield "admin/matrix/structure_sheet.html", SHEET.url, replace(whole, added_to="", message=""), whole
    place = keeping.PlacePage(
        sheet=SHEET,
        id="c1",
        name="Plans",
        kind="subsection",
        form=REFUSED,
        within="Indexes",
        held=1,
        moves=GROUPS,
        merges=MERGES,
        message="No.",
    )
    section = keeping.PlacePage(sheet=SHEET, id="b1", name="Indexes", kind="section", form=views.Form())
    yield "admin/matrix/place.html", f"{SHEET.url}/places/c1", place, section
    yield "admin/matrix/place.html", f"{SHEET.url}/places/b1", replace(section, merges=MERGES, held=2), section
    asked = keeping.DeletionPage(
        name="Plans",
        kind="subsection",
        action=f"{SHEET.url}/places/c1/deletion",
        back_url=f"{SHEET.url}/places/c1",
        version=3,
        held=1,
        groups=GROUPS,
        form=REFUSED,
    )
    nowhere = replace(asked, kind="sheet", groups=(), form=views.Form())
    yield "admin/matrix/deletion.html", asked.action, asked, nowhere
    yield "admin/matrix/deletion.html", asked.action, replace(asked, kind="section", form=views.Form()), nowhere


def _suggestions() -> Iterator[Pair]:
    path = "/admin/matrix/suggestions"
    queue = keeping.SuggestionsPage(
        suggestions=(OPEN, DECIDED, REJECTED), pagination=MANY, tab="all", waiting=3, is_open=False
    )
    nothing = keeping.SuggestionsPage(suggestions=(), pagination=views.Pagination())
    yield "admin/matrix/suggestions.html", path, queue, nothing
    yield "admin/matrix/suggestions.html", path, replace(queue, tab="new"), replace(nothing, tab="rejected")
    grades = (views.Choice(value="x", label="Senior"),)
    new = keeping.SuggestionDeskPage(
        suggestion=replace(OPEN, remark="Rows."), form=REFUSED, alike=QUESTIONS, places=GROUPS, grades=grades
    )
    bare = keeping.SuggestionDeskPage(suggestion=OPEN, form=views.Form())
    yield "admin/matrix/suggestion.html", OPEN.desk_url, new, bare
    late = replace(new, suggestion=DECIDED, form=views.Form(message="Somebody was faster."))
    yield "admin/matrix/suggestion.html", OPEN.desk_url, late, replace(bare, suggestion=REJECTED)
