"""The matrix as readers see it, with everything it can show and with as little as it may be given."""

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from entrypoints.web import views
from entrypoints.web.views import matrix
from entrypoints.web.views.charts_matrix import CoverageChart, CoverageSheet, GradeBar, coverage_line
from entrypoints.web.views.seo import Seo

USER_HTML = Markup("<h2 id='one'>One</h2><p>Text with <strong>weight</strong>.</p>")
JUNIOR = matrix.GradeMark(key="junior", name="Junior", shade=1)
SENIOR = matrix.GradeMark(key="senior", name="Senior", colour="#c2410c")
ITEM = matrix.QuestionItem(
    title="When does an index help?",
    url="/matrix/databases/index",
    mark="0123abcd",
    hint="Think of <rows>.",
    grade=JUNIOR,
    frequency="often asked",
    evidence=2,
)
BARE = matrix.QuestionItem(title="Why?", url="/matrix/databases/why", mark="00000001")
PIECE = views.TextPiece(text="<index>", is_match=True)
FOUND = replace(
    ITEM, mark="00000002", place="Indexes · Plans", pieces=(PIECE,), snippet=(views.TextPiece(text="An "), PIECE)
)
SEO = Seo(title="Databases", url="https://anna.example/matrix/databases", data=Markup('{"@type": "FAQPage"}'))
MANY = views.Pagination(number=2, last=3, total=70, previous_url="/matrix?q=index", next_url="/matrix?q=index&page=3")
FINDS = matrix.Finds(items=(FOUND, BARE), pagination=MANY, corrected="index")
NO_FINDS = matrix.Finds(items=(), pagination=views.Pagination())
BAR = GradeBar(grade=JUNIOR, count=3, height=40, url="/matrix/databases?grade=junior")
SHEET = matrix.SheetSummary(
    name="Databases",
    url="/matrix/databases",
    description="PostgreSQL above all.",
    total=3,
    with_evidence=1,
    bars=(BAR, GradeBar(grade=SENIOR, count=0, height=0)),
)
EMPTY_SHEET = matrix.SheetSummary(name="Web", url="/matrix/web", description="", total=0, with_evidence=0, bars=())
COVERED = CoverageSheet(
    name="Databases",
    url="/matrix/databases",
    lines=(
        coverage_line("Indexes", [(JUNIOR, 3, 1), (SENIOR, 1, 0)], most=4),
        coverage_line("Locks", [(JUNIOR, 0, 0), (SENIOR, 0, 0)], most=4),
    ),
    count=4,
    with_evidence=1,
)
INDEX = matrix.MatrixPage(
    sheets=(SHEET, EMPTY_SHEET),
    total=3,
    query="indx",
    finds=FINDS,
    coverage=CoverageChart(grades=(JUNIOR, SENIOR), sheets=(COVERED,)),
    accepts_suggestions=True,
    seo=SEO,
)
SECTION = matrix.SectionPicks(
    section=matrix.Pick(value="s1", label="Indexes"),
    subsections=(matrix.Pick(value="s2", label="Plans", is_on=True),),
)
FILTERS = matrix.MatrixFilters(
    query="indx",
    grades=(matrix.Pick(value="junior", label="Junior", is_on=True, grade=JUNIOR),),
    sections=(SECTION,),
    frequencies=(matrix.Pick(value="often", label="often asked", is_on=True),),
    has_evidence=True,
    is_narrow=True,
)
PLAIN = matrix.SheetPage(
    id="s0",
    name="Databases",
    url="/matrix/databases",
    description="",
    view="grid",
    filters=matrix.MatrixFilters(),
    grid_url="/matrix/databases",
    list_url="/matrix/databases?view=list",
    interview_url="/matrix/databases/interview",
)
ROW = matrix.GridRow(name="Plans", cells=((ITEM, BARE), (), (FOUND,)))
BAND = matrix.GridBand(id="s1", name="Indexes", rows=(ROW,))
GRID = replace(
    PLAIN,
    description="PostgreSQL above all.",
    filters=FILTERS,
    columns=tuple(matrix.GridColumn(grade=grade, count=1) for grade in (JUNIOR, SENIOR, None)),
    bands=(BAND,),
    finds=FINDS,
    shown=3,
    total=70,
    sheets=(
        matrix.SheetLink(name="Databases", url="/matrix/databases", is_current=True),
        matrix.SheetLink(name="Web", url="/matrix/web"),
    ),
    grades=(JUNIOR, SENIOR),
    accepts_suggestions=True,
    seo=SEO,
)
CHOSEN = replace(FILTERS, query="")
WIDE = replace(BAND, rows=(replace(ROW, cells=((ITEM,), *[()] * 7, (BARE,))),))
SHEETS = {
    "list": replace(GRID, view="list", filters=CHOSEN, finds=None),
    "wide": replace(GRID, columns=GRID.columns * 3, bands=(WIDE,), finds=None),
    "ranked": replace(GRID, view="list", columns=(), bands=()),
    "nothing found": replace(PLAIN, view="list", filters=FILTERS, finds=NO_FINDS),
    "nothing fits": replace(PLAIN, filters=CHOSEN),
}
LINK = matrix.PlainLink(title="Another", url="/matrix/databases/another")
ASKED = matrix.QuestionPage(
    title="When does an index help?",
    url="/matrix/databases/index",
    absolute_url="https://anna.example/matrix/databases/index",
    mark="0123abcd",
    lang="en",
    sheet=matrix.SheetLink(name="Databases", url="/matrix/databases"),
    sheet_id="s0",
    place="Indexes · Plans",
    answer_html=USER_HTML,
)
QUESTION = replace(
    ASKED,
    lang="ru",
    expectation_html=Markup("<p>That it costs.</p>"),
    hint="Think of rows.",
    grade=SENIOR,
    frequency="often asked",
    resources=(
        matrix.ResourceLink(name="Manual", url="https://postgresql.example/", host="postgresql.example", why="Short."),
        matrix.ResourceLink(name="Book", url="https://book.example/", host="book.example"),
    ),
    evidence=(LINK,),
    previous=LINK,
    following=LINK,
    translations=(views.Translation(url="/matrix/databases/index", lang="en", title="When", label="Read in English"),),
    edit_url="/admin/matrix/questions/1/edit",
    seo=SEO,
)
START = matrix.InterviewStartPage(
    name="Databases",
    sheet_id="s0",
    sheet_url="/matrix/databases",
    url="/matrix/databases/interview",
    filters=FILTERS,
    total=3,
)
BEGUN = matrix.InterviewPage(name="Databases", sheet_id="s0", sheet_url="/matrix/databases", number=1, last=0)
ASKING = replace(
    BEGUN, number=2, last=3, question=QUESTION, previous_url="?number=1", next_url="?number=3", again_url="?number=1"
)
PROPOSED = matrix.SuggestionPage(
    form=views.Form(),
    sheets=(views.Choice(value="", label="Any sheet"),),
    grades=(views.Choice(value="", label="Any grade"),),
    stamp="1.x",
    limits={"question": 300, "remark": 2000, "name": 100},
)
REFUSED = views.Form(values={"question": "<Why>?", "name": "Boris"}, errors={"question": "It is here."})
PATH = "/matrix/databases"


def pairs() -> Iterator[tuple[str, str, object, object]]:
    """Template, address, and the page in full and bare."""
    nothing = matrix.MatrixPage(sheets=())
    for template in ("matrix/index.html", "matrix/_finds.html"):
        yield template, "/matrix", INDEX, nothing
    for template in ("matrix/sheet.html", "matrix/_sheet.html"):
        yield template, PATH, GRID, PLAIN
    yield "matrix/show.html", f"{PATH}/index", QUESTION, ASKED
    inside = replace(QUESTION, is_inside=True)
    yield "matrix/_question.html", f"{PATH}/index", inside, replace(ASKED, is_inside=True)
    refused = replace(PROPOSED, form=REFUSED, same=LINK, alike=(LINK, LINK))
    yield "matrix/suggestions.html", "/matrix/suggestions", refused, PROPOSED
    yield "matrix/interview_start.html", f"{PATH}/interview", START, replace(START, filters=matrix.MatrixFilters())
    bare = replace(ASKING, number=1, previous_url="", question=ASKED)
    yield "matrix/interview.html", f"{PATH}/interview", ASKING, bare


def others() -> Iterator[tuple[str, str, str, object]]:
    """What it is, template, address, page."""
    for template in ("matrix/sheet.html", "matrix/_sheet.html"):
        yield from ((name, template, PATH, page) for name, page in SHEETS.items())
    for template in ("matrix/index.html", "matrix/_finds.html"):
        yield "missed", template, "/matrix", replace(INDEX, query="<nothing>", finds=NO_FINDS, coverage=None)
    yield "over", "matrix/interview.html", f"{PATH}/interview", replace(BEGUN, number=4, last=3, again_url="?number=1")
    yield "no question", "matrix/interview.html", f"{PATH}/interview", BEGUN
