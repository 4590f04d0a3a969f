"""Questions at the desk, with everything that can be shown and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from entrypoints.web import views
from entrypoints.web.views import matrix_desk as desk
from entrypoints.web.views import matrix_question as one
from entrypoints.web.views.charts_matrix import CoverageChart
from entrypoints.web.views.matrix import GradeMark
from tests.templates.matrix_samples import COVERED, JUNIOR, SENIOR

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
USER_HTML = Markup("<h2 id='one'>One</h2><p>Text with <strong>weight</strong>.</p>")
ITEM = desk.DeskQuestionItem(
    id="a1",
    title="When does an <index> help?",
    status="published",
    version=3,
    updated_at=NOW,
    grade=SENIOR,
    place="Databases · Indexes · Plans",
    live_url="/matrix/databases/index",
    evidence=1,
)
BARE = desk.DeskQuestionItem(
    id="a2", title="", status="draft", version=1, updated_at=NOW, is_flagged=True, may_edit=False
)
CHOICES = (views.Choice(value="junior", label="Junior"), views.Choice(value="senior", label="Senior"))
PLACES = (desk.PlaceGroup(label="Databases · Indexes", places=(views.Choice(value="p1", label="Plans"),)),)
FEW = views.Pagination()
MANY = views.Pagination(number=2, last=3, total=142, previous_url="/admin?page=1", next_url="/admin?page=3")
FILTERS = desk.DeskFilters(
    query="<index>",
    sheet="databases",
    grade="senior",
    status="draft",
    lack="no_answer",
    resource="r1",
    is_flagged=True,
)
FIELDS = (*desk.DeskFilters().values, "question", "slug", "subsection_id", "hint", "answer", "expectation", "evidence")
NAMES = (*FIELDS, "publish_at", "resources", "resources-0-why", "resources-1-url", "translations-ru-question")
REFUSED = views.Form(values=dict.fromkeys(NAMES, "<x>"), errors=dict.fromkeys(NAMES, "No."), message="No.")
CELL = desk.DeskCell(
    sheet_url="/admin/matrix/sheets/databases",
    subsection_id="p1",
    grade="senior",
    label="Plans, Senior",
    items=(ITEM, replace(BARE, is_flagged=False)),
    may_order=True,
    may_add=True,
)
EMPTY_CELL = replace(CELL, grade="", label="Plans", items=(), may_order=False, may_add=False)
QUESTION = one.DeskQuestion(
    id="a1",
    title="When does an <index> help?",
    slug="index",
    status="published",
    lang="ru",
    version=3,
    updated_at=NOW,
    published_at=NOW,
    sheet_name="Databases",
    sheet_desk_url="/admin/matrix/sheets/databases",
    live_url="/matrix/databases/index",
)
DRAFT = one.DeskQuestion(id="a2", title="", slug="q", status="draft", lang="en", version=1, updated_at=NOW)
FOREIGN = replace(DRAFT, may_edit=False, may_publish=False, may_withdraw=False, may_trash=False)
DOUBLES = one.DoublesFragment(items=(ITEM, BARE), is_exact=True, must_confirm=True)
LACK = views.ReadinessLine(text="Write the answer.", field="answer", is_error=True)
PREVIEW = one.QuestionPreview(
    lang="ru", answer_html=USER_HTML, expectation_html=Markup("<p>So.</p>"), readiness=(LACK,), is_answer=True
)
CLOCK = views.Schedule(zone="Europe/Stockholm", offset_now="UTC+01:00")
REVISION = views.RevisionItem(number=1, saved_at=NOW, author="Anna", size=1_042, title="Why?")
PRESENT = views.RevisionItem(number=2, saved_at=NOW, author="", size=0, is_present=True)
GAP = views.DiffPiece(kind="equal", text="", is_gap=True)
PIECES = (GAP, *(views.DiffPiece(kind=kind, text="Words ") for kind in ("equal", "delete", "insert")))
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    yield from _lists()
    yield from _sheets()
    yield from _writing()
    yield from _past()


def _lists() -> Iterator[Pair]:
    lines = tuple(desk.WorkLine(code=code, count=2, url="/x") for code in ("draft", "scheduled", "published"))
    lacks = ("no_question", "no_grade", "no_answer", "no_expectation")
    others = ("flagged", "trashed", "suggestions")
    index = desk.MatrixDeskPage(
        states=lines,
        lacking=tuple(desk.WorkLine(code=code, count=1, url="/x") for code in lacks),
        others=tuple(desk.WorkLine(code=code, count=1, url="/x") for code in others),
        sheets=(desk.DeskSheetItem(name="Databases", key="databases", published=2, description="All."),),
        coverage=_coverage(JUNIOR, SENIOR),
        is_on=False,
    )
    yield "admin/matrix/index.html", "/admin/matrix", index, desk.MatrixDeskPage()
    result = desk.BulkResult(message="No.", lines=("Why?: Write.",), deed="move", grade="senior", place="p1")
    full = desk.QuestionListPage(
        questions=(ITEM, BARE),
        pagination=MANY,
        filters=FILTERS,
        sheets=CHOICES,
        grades=CHOICES,
        places=PLACES,
        result=result,
        chosen=frozenset({"a1"}),
    )
    nothing = desk.QuestionListPage(questions=(), pagination=FEW)
    trashed = replace(full, filters=desk.DeskFilters(is_trashed=True), result=None)
    for template in ("admin/matrix/questions.html", "admin/matrix/_list.html"):
        yield template, "/admin/matrix/questions", full, nothing
        yield template, "/admin/matrix/questions", trashed, replace(nothing, filters=FILTERS)


def _sheets() -> Iterator[Pair]:
    opened = replace(CELL, items=(), grade="junior", form=REFUSED, doubles=(ITEM,))
    row = desk.DeskRow(id="p1", name="Plans", cells=(opened, CELL, EMPTY_CELL))
    sheet = desk.DeskSheetItem(name="Databases", key="databases", published=0)
    page = desk.DeskSheetPage(
        name="Databases",
        key="databases",
        columns=(JUNIOR, SENIOR, None),
        bands=(desk.DeskBand(id="s1", name="Indexes", rows=(row,)),),
        sheets=(sheet, replace(sheet, name="Web", key="web")),
        count=2,
    )
    bare = desk.DeskSheetPage(name="Web", key="web")
    yield "admin/matrix/sheet.html", "/admin/matrix/sheets/databases", page, bare
    order = desk.CellOrderPage(sheet_name="Databases", cell=replace(CELL, message="Somebody was faster."))
    nothing = desk.CellOrderPage(sheet_name="Databases", cell=EMPTY_CELL)
    yield "admin/matrix/order.html", "/admin/matrix/sheets/databases/order", order, nothing


def _writing() -> Iterator[Pair]:
    row = one.ResourceRow(number=0, id="r1", name="Manual", url="https://x.example/", why="Short.", is_dropped=True)
    post = one.EvidenceChoice(id="b1", title="A queue", lang="ru", is_chosen=True, is_public=False)
    attached = one.AttachedFragment(
        form=replace(REFUSED, values={**REFUSED.values, "resource_query": "<x>"}),
        rows=(row, replace(row, number=3), one.ResourceRow(number=1), one.ResourceRow(number=2)),
        found=(one.LibraryItem(name="<Manual>", url="https://x.example/", host="x.example"),),
        total=12,
        newest=3,
        is_asked=True,
    )
    choices = (post, replace(post, id="b2", title="", is_chosen=False))
    evidence = one.EvidenceFragment(form=REFUSED, choices=choices, may_search=True, is_asked=True)
    none_such = views.Form(values={"resource_query": "zzz", "evidence_query": "zzz"})
    path = "/admin/matrix/questions"
    yield "admin/matrix/_attached.html", f"{path}/resources", attached, one.AttachedFragment(form=none_such)
    yield "admin/matrix/_evidence.html", f"{path}/evidence", evidence, one.EvidenceFragment(form=none_such)
    yield "admin/matrix/_evidence.html", f"{path}/evidence", evidence, one.EvidenceFragment()
    new = one.QuestionEditPage(form=views.Form(), schedule=CLOCK, lang="en")
    full = one.QuestionEditPage(
        form=REFUSED,
        schedule=replace(CLOCK, at=NOW, local="2026-11-03T10:05", offset="UTC+01:00", is_first_of_two=True),
        lang="ru",
        question=replace(QUESTION, is_flagged=True),
        places=PLACES,
        grades=CHOICES,
        frequencies=CHOICES,
        languages=(views.Choice(value="ru", label="Русский"),),
        attached=attached,
        evidence=evidence,
        upload_bytes=20_971_520,
        saved_at=NOW,
        aside_at=NOW,
        doubles=DOUBLES,
        preview=replace(PREVIEW, is_answer=False),
    )
    yield "admin/matrix/edit.html", "/admin/matrix/questions/a1/edit", full, new
    draft = replace(full, question=DRAFT, form=views.Form(values={"question": "Why?"}), schedule=CLOCK)
    yield "admin/matrix/edit.html", "/admin/matrix/questions/a2/edit", draft, replace(new, question=FOREIGN)
    likely = replace(DOUBLES, is_exact=False, must_confirm=False)
    yield "admin/matrix/_doubles.html", "/admin/matrix/questions/doubles", DOUBLES, one.DoublesFragment()
    yield "admin/matrix/_doubles.html", "/admin/matrix/questions/doubles", likely, one.DoublesFragment()
    for template in ("admin/matrix/_preview.html", "admin/matrix/_readiness.html"):
        yield template, "/admin/matrix/questions/preview", PREVIEW, one.QuestionPreview()
        whole = replace(PREVIEW, readiness=(), expectation_html=Markup(""))
        yield template, "/admin/matrix/questions/preview", whole, one.QuestionPreview()
    yield "admin/matrix/conflict.html", "/admin/matrix/questions/a1", _conflict(), replace(_conflict(), differing=())
    here = one.QuestionMovePage(form=REFUSED, question=QUESTION, place="Databases · Plans", grade=SENIOR)
    there = replace(here, places=PLACES, grades=CHOICES)
    bare = one.QuestionMovePage(form=views.Form(), question=DRAFT, place="")
    yield "admin/matrix/move.html", "/admin/matrix/questions/a1/place", there, bare
    shown = one.QuestionPreviewPage(
        question=QUESTION,
        place="Databases · Plans",
        answer_html=USER_HTML,
        expectation_html=Markup("<p>So.</p>"),
        hint="Push.",
        grade=SENIOR,
        frequency="often asked",
        resources=CHOICES,
        evidence=CHOICES,
    )
    yield (
        "admin/matrix/show.html",
        "/admin/matrix/questions/a1/preview",
        shown,
        one.QuestionPreviewPage(question=DRAFT, place=""),
    )


def _conflict() -> one.QuestionConflictPage:
    names = ("question", "answer", "translations-ru-hint")
    prose = (
        one.ConflictField(name=name, mine="Mine", theirs="<x>", mine_shown="Mine", theirs_shown="<x>", pieces=PIECES)
        for name in names
    )
    chosen = (
        one.ConflictField(
            name=name, mine="a", theirs="", mine_shown="A", theirs_shown="", is_prose=False, takes_theirs=True
        )
        for name in ("grade", "resources-")
    )
    joined = one.ConflictField(
        name="expectation", mine="Both", theirs="A", mine_shown="Both", theirs_shown="A", typed="<b>"
    )
    return one.QuestionConflictPage(question=QUESTION, differing=(*prose, joined, *chosen), kept=(("slug", "x"),))


def _past() -> Iterator[Pair]:
    path = "/admin/matrix/questions/a1"
    listed = one.QuestionRevisionListPage(question=QUESTION, revisions=(PRESENT, REVISION), older_url="/x?before=1")
    yield "admin/matrix/revisions.html", f"{path}/revisions", listed, one.QuestionRevisionListPage(question=DRAFT)
    names = ("question", "slug", "subsection_id", "grade", "frequency", "hint", "answer", "expectation", "resources")
    fields = tuple(views.TextField(name=name, value="<x>") for name in (*names, "evidence", "translations-ru-answer"))
    then = one.QuestionRevisionPage(question=QUESTION, revision=REVISION, fields=fields, problems=("No.",))
    yield (
        "admin/matrix/revision.html",
        f"{path}/revisions/1",
        then,
        one.QuestionRevisionPage(question=FOREIGN, revision=PRESENT),
    )
    differences = (
        views.FieldDifference(name="answer", old="a", new="b", pieces=PIECES),
        views.FieldDifference(name="grade", old="", new="Senior"),
    )
    compared = one.QuestionComparisonPage(question=QUESTION, old=REVISION, new=PRESENT, differences=differences)
    same = one.QuestionComparisonPage(question=DRAFT, old=PRESENT)
    yield "admin/matrix/comparison.html", f"{path}/comparison", compared, same


def _coverage(*grades: GradeMark) -> CoverageChart:
    return CoverageChart(grades=grades, sheets=(COVERED,))
