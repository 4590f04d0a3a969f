"""What texts were, who reads them early, and many at once: with everything, and with as little as there may be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from entrypoints.web import views

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
DRAFT = views.AdminPost(id="2", title="", slug="", status="draft", lang="en", version=1, updated_at=NOW)
POST = replace(DRAFT, id="1", title="A queue", slug="queue", status="published", lang="ru", version=3, kind="page")
FOREIGN = replace(DRAFT, may_edit=False, may_share=False)
REVISION = views.RevisionItem(number=3, saved_at=NOW, author="Anna", size=1_042, title="A queue", is_auto=True)
PRESENT = views.RevisionItem(number=4, saved_at=NOW, author="", size=0, is_present=True)
FIELDS = ("title", "body", "slug", "description", "lang", "tags", "cover", "cover_alt", "series", "series_part")
MORE_FIELDS = ("translation_of", "is_pinned", "meta_title", "meta_description", "canonical_url")
PIECES = (
    views.DiffPiece(kind="equal", text="", is_gap=True),
    views.DiffPiece(kind="equal", text="Some "),
    views.DiffPiece(kind="delete", text="red"),
    views.DiffPiece(kind="insert", text="grey"),
)
REFUSED = views.Form(values={"into": "a/b", "days": "91"}, errors={"into": "No.", "days": "No."}, message="No.")
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    yield from _revisions()
    listed = views.PreviewItem(
        id="ab", url="https://anna.example/preview/x", author="Anna", created_at=NOW, expires_at=NOW
    )
    previews = views.PreviewListPage(
        post=POST, form=REFUSED, days_max=90, previews=(listed, replace(listed, id="cd", author=""))
    )
    nobody = views.PreviewListPage(post=DRAFT, form=views.Form(), days_max=90)
    yield "admin/blog/previews.html", "/admin/pages/1/previews", previews, nobody
    shelf = views.DeskShelf(name="sql", slug="sql", count=2, url="/admin/blog?tag=sql")
    tags = views.ShelvesPage(
        tags=(shelf, replace(shelf, name="c#", slug="c#", count=1)),
        series=(replace(shelf, name="Queues", slug="queues", url=""),),
        tag_form=REFUSED,
        series_form=REFUSED,
        chosen=frozenset({"c#"}),
    )
    yield "admin/blog/tags.html", "/admin/blog/tags", tags, views.ShelvesPage()
    yield from _check()


def _revisions() -> Iterator[Pair]:
    desk = "/admin/pages/1"
    nothing = views.RevisionListPage(post=DRAFT)
    yield "admin/blog/_paths.html", f"{desk}/revisions", views.RevisionListPage(post=POST), nothing
    listed = views.RevisionListPage(post=POST, revisions=(PRESENT, REVISION), older_url=f"{desk}/revisions?before=3")
    yield "admin/blog/revisions.html", f"{desk}/revisions", listed, nothing
    told = tuple(views.TextField(name=name, value="True") for name in (*FIELDS, *MORE_FIELDS))
    old = views.RevisionPage(post=POST, revision=REVISION, lang="ru", body="# Text", fields=told, problems=("No.",))
    bare = views.RevisionPage(post=FOREIGN, revision=PRESENT, lang="en", body="")
    yield "admin/blog/revision.html", f"{desk}/revisions/3", old, bare
    yield "admin/blog/revision.html", f"{desk}/revisions/3", replace(old, post=FOREIGN), replace(bare, post=DRAFT)
    differences = tuple(
        views.FieldDifference(name=name, old="a" if number else "", new="b", pieces=PIECES if number < 2 else ())
        for number, name in enumerate((*FIELDS, *MORE_FIELDS))
    )
    compared = views.ComparisonPage(post=POST, old=REVISION, new=PRESENT, differences=differences)
    same = views.ComparisonPage(post=DRAFT, old=PRESENT)
    yield "admin/blog/comparison.html", f"{desk}/comparison", compared, same


def _check() -> Iterator[Pair]:
    lines = (
        views.ReadinessLine(text="No title.", field="title", is_error=True),
        views.ReadinessLine(text="A broken link.", field="body", line=3),
    )
    texts = (views.CheckedItem(post=POST, lines=lines), views.CheckedItem(post=FOREIGN, lines=lines))
    full = views.CheckPage(texts=texts, checked=42, has_drafts=True, next_url="/admin/blog/check?cursor=x")
    yield "admin/blog/check.html", "/admin/blog/check", full, views.CheckPage(checked=1)


def lists() -> Iterator[tuple[str, views.PostAdminListPage]]:
    """The desk's lists after something was done to several texts, with the name of each."""
    statuses: tuple[views.PostStatus, ...] = ("draft", "scheduled", "published", "withdrawn")
    tabs = (views.StatusTab(status="", count=9), *(views.StatusTab(status=status, count=2) for status in statuses))
    page = views.PostAdminListPage(
        posts=(POST, DRAFT),
        pagination=views.Pagination(),
        tabs=tabs,
        tag="sql",
        tags=("sql", "x"),
        chosen=frozenset("1"),
    )
    left = (
        views.Unchanged(title="A queue", lang="ru", reason="No."),
        views.Unchanged(title="", lang="en", reason="No."),
    )
    for done in ("all-published", "all-withdrawn", "all-trashed", "all-tagged"):
        yield done, replace(page, result=views.SelectionResult(done=done, count=1, unchanged=left))
    yield (
        "refused",
        replace(
            page, result=views.SelectionResult(message="Choose some texts first.", deed="untag", tag="a/b"), kind="page"
        ),
    )
