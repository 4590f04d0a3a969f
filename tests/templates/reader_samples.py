"""What readers see, with everything it can show and with as little as it may be given."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from entrypoints.web import views
from entrypoints.web.views.seo import Alternate, Seo
from tests.templates import matrix_samples

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
USER_HTML = Markup("<h2 id='one'>One</h2><p>Text with <strong>weight</strong>.</p>")
TAGS = (views.Tag(name="postgresql", url="/blog/tags/postgresql"), views.Tag(name="queues"))
LISTED = views.PostListItem(
    title="A queue in a table",
    url="/blog/queue",
    published_at=NOW,
    lang="ru",
    description="When a table is enough.",
    tags=TAGS,
)
BARE_LISTED = views.PostListItem(title="Bare", url="/blog/bare", published_at=NOW, lang="en")
FEW = views.Pagination()
MANY = views.Pagination(number=2, last=3, total=42, previous_url="/blog?page=1", next_url="/blog?page=3")
HEADING = views.Heading(anchor="one", text="One", level=2)
COVER = views.PictureView(
    url="/media/cover.jpg",
    alt="A cover",
    width=1600,
    height=800,
    tone="tone-012",
    sources=(views.PictureSource(content_type="image/avif", srcset="/media/cover-480w.avif 480w"),),
    sizes="92vw",
)
SEO = Seo(
    title="A queue in a table",
    url="https://anna.example/blog/queue",
    description="When a table is enough.",
    lang="en_GB",
    image="https://anna.example/share/post/queue.png",
    image_alt="A queue in a table",
    published_at=NOW,
    updated_at=NOW,
    tags=("sql",),
    alternates=(Alternate(lang="en", url="https://anna.example/blog/queue"),),
    data=Markup('{"@type": "BlogPosting"}'),
)
NEIGHBOUR = views.Neighbour(title="Other", url="/blog/other", lang="ru", published_at=NOW)
SERIES = views.SeriesBox(
    name="Queues", url="/blog/series/queues", parts=(replace(NEIGHBOUR, is_current=True), NEIGHBOUR), number=1
)
BARE = views.PostPage(
    title="Bare",
    url="/blog/bare",
    lang="en",
    body_html=USER_HTML,
    published_at=NOW,
    minutes=1,
    meta_title="Bare",
    canonical_url="https://anna.example/blog/bare",
    cover=replace(COVER, sources=(), tone="", width=0),
)
FULL = replace(
    BARE,
    lang="ru",
    description="When a table is enough.",
    author="Anna",
    author_url="/blog/authors/anna",
    updated_at=NOW,
    tags=TAGS,
    headings=(HEADING, replace(HEADING, level=3)),
    older=NEIGHBOUR,
    newer=NEIGHBOUR,
    related=(NEIGHBOUR, replace(NEIGHBOUR, published_at=None)),
    series=SERIES,
    translations=(views.Translation(url="/blog/hi", lang="en", title="Hi", label="Read in English"),),
    edit_url="/admin/blog/1/edit",
    cover=COVER,
    seo=SEO,
)
HIT = views.TextPiece(text="<queue>", is_match=True)
FOUND = replace(LISTED, title_pieces=(HIT,), snippet=(views.TextPiece(text="In a "), HIT))
SHELF = views.ShelfLink(name="2026", url="/blog/2026", count=3, lang="en", is_current=True)
LIST = views.PostListPage(
    posts=(replace(LISTED, is_pinned=True), BARE_LISTED),
    pagination=MANY,
    heading="Blog",
    lang="ru",
    languages=(SHELF, replace(SHELF, is_current=False)),
    archive=views.Archive(years=(SHELF,), series=(SHELF,), authors=(SHELF, SHELF), tags=(SHELF,)),
    seo=SEO,
)
NOTHING = views.PostListPage(posts=(), pagination=FEW)
LISTS = {
    "found": replace(LIST, posts=(FOUND,), query="queue", archive=None, seo=None),
    "corrected": replace(LIST, posts=(FOUND,), query="qeue", corrected="queue", seo=None),
    "missed": replace(NOTHING, query="<nothing>"),
    "in no language": replace(NOTHING, lang="ru"),
    "tag": replace(LIST, kind="tag", name="sql"),
    "series": replace(LIST, kind="series", posts=(replace(LISTED, part=1),)),
}
ONE_TEXT = (("blog/show.html", "/blog/bare"), ("pages/show.html", "/pages/bare"))


def pairs() -> Iterator[tuple[str, str, object, object]]:
    """Template, address, and the page in full and bare."""
    portrait = views.PictureView(url="/media/me.webp", alt="Me", width=600, height=600)
    ways = (views.MenuItem(label="E-mail", url="mailto:anna@anna.example"),)
    home = views.HomePage(about_html=USER_HTML, picture=portrait, posts=(LISTED, BARE_LISTED), ways=ways, seo=SEO)
    home = replace(home, matrix=(matrix_samples.SHEET, matrix_samples.EMPTY_SHEET))
    yield "home/index.html", "/", home, views.HomePage()
    for template in ("blog/index.html", "blog/_list.html"):
        yield template, "/blog", LIST, NOTHING
    for template, path in ONE_TEXT:
        yield template, path, FULL, BARE
    yield from matrix_samples.pairs()


def others() -> Iterator[tuple[str, str, str, object]]:
    """What it is, template, address, page."""
    for template in ("blog/index.html", "blog/_list.html"):
        yield from ((name, template, "/blog", page) for name, page in LISTS.items())
    early = replace(BARE, preview="hidden", series=replace(SERIES, number=0))
    for template, _ in ONE_TEXT:
        yield "early", template, "/preview/x", early
        yield "public", template, "/preview/x", replace(early, preview="public")
    yield from matrix_samples.others()
