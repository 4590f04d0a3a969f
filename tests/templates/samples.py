"""Every template with everything it can show, and with as little as it may be given."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from core.blog.texts import PostText
from core.media.places import PlaceKind
from entrypoints.web import views
from entrypoints.web.views.charts import months_chart
from tests.templates import (
    api_sample,
    audit_samples,
    contact_samples,
    factor_samples,
    history_samples,
    import_samples,
    keeping_samples,
    matrix_file_samples,
    people_samples,
    question_samples,
    reader_samples,
    role_samples,
    token_samples,
    webhook_samples,
)

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
USER_HTML = Markup("<h2 id='one'>One</h2><p>Text with <strong>weight</strong>.</p>")
STATUSES = (400, 401, 403, 404, 405, 409, 413, 415, 421, 422, 428, 429, 500, 503)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """*item* is the one name besides site and page: the file that `admin/media/_item.html` shows."""

    name: str
    template: str
    page: object
    site: views.SiteView | None
    item: views.MediaItem | None = None

    @property
    def is_fragment(self) -> bool:
        return self.template.rpartition("/")[2].startswith("_")

    @property
    def context(self) -> dict[str, object]:
        given = {"site": self.site, "page": self.page, "item": self.item}
        return {name: value for name, value in given.items() if value is not None}


MINIMAL_SITE = views.SiteView(
    title="Anna",
    tagline="",
    lang="en",
    locale="en",
    time_zone="Europe/Stockholm",
    base_url="https://anna.example",
    path="/",
    theme_css="/theme.0.css",
    asset=lambda name: f"/static/{name}",
)
FULL_SITE = replace(
    MINIMAL_SITE,
    tagline="Databases, queues and the quiet parts of backend work.",
    menu=(views.MenuItem(label="Blog", url="/blog"), views.MenuItem(label="About", url="/blog/hello")),
    user=views.SignedIn(name="Anna Lindqvist", email="anna@anna.example", role="owner"),
    can=views.DeskRights(
        open_desk=True,
        list_posts=True,
        draft_post=True,
        restore_post=True,
        edit_tags=True,
        list_media=True,
        upload_media=True,
        edit_site=True,
        export_content=True,
        edit_sheets=True,
        edit_resources=True,
        decide_suggestions=True,
        edit_matrix=True,
        show_matrix=True,
        draft_question=True,
        edit_question=True,
        publish_question=True,
        order_questions=True,
    ),
    csrf_token="token",
    notice=views.Notice(text="Moved to the trash.", undo_url="/admin/trash/1/restoration"),
)

POST = views.AdminPost(
    id="1",
    title="A queue in a table",
    slug="queue",
    status="published",
    lang="ru",
    version=3,
    updated_at=NOW,
    published_at=NOW,
    author="Anna",
    live_url="/blog/queue",
)
DRAFT = views.AdminPost(id="2", title="", slug="", status="draft", lang="en", version=1, updated_at=NOW)
SCHEDULED = replace(POST, id="3", status="scheduled", live_url="")
WITHDRAWN = replace(POST, id="4", status="withdrawn", live_url="", may_edit=False)
PICTURE = views.MediaItem(
    key="ab.webp",
    url="/media/ab.webp",
    filename="harbour.jpg",
    alt="A harbour",
    width=1200,
    height=800,
    size=245_760,
    created_at=NOW,
    thumb_url="/media/ab-480w.webp",
    stored_size=1_245_760,
)
FEW = views.Pagination()
MANY = views.Pagination(number=2, last=3, total=42, previous_url="/blog?page=1", next_url="/blog?page=3")
ENGLISH = (views.Choice(value="en", label="English"), views.Choice(value="ru", label="Русский"))
SWATCHES = tuple(
    views.Swatch(label=label, background=ground, accent=accent, strong=accent, on_accent=text)
    for label, ground, accent, text in (
        ("dark", "#14161a", "#f0946a", "#000000"),
        ("light", "#fcfbf9", "#b53f0d", "#ffffff"),
    )
)
REFUSED = views.Form(
    values={
        "title": "Queue",
        "body": "# Text",
        "lang": "en",
        "version": "3",
        "cover": "gone.webp",
        "email": "a@b.example",
    },
    errors={name: f"Wrong {name}." for name in ("title", "slug", "body", "email", "name", "password", "file")},
    message="Please look again.",
)
SETTINGS = views.Form(
    values={
        "title": "Anna",
        "accent": "#c2410c",
        "locale": "en",
        "time_zone": "Europe/Stockholm",
        "version": "4",
        "picture": "ab.webp",
        "menu-0-label": "Blog",
        "menu-0-url": "/blog",
        "ways-0-label": "E-mail",
        "ways-0-url": "mailto:",
    },
    errors={"ways-0-url": "Not an address.", "accent": "Not a colour.", "time_zone": "Unknown.", "menu": "Too many."},
)

PREVIEW = views.PreviewFragment(
    body_html=USER_HTML,
    lang="en",
    readiness=(
        views.ReadinessLine(text="A title is missing.", field="title", is_error=True),
        views.ReadinessLine(text="The link leads nowhere.", field="body", line=12),
    ),
    words=1234,
    minutes=6,
)
LINKS = views.LinksFragment(
    items=(
        views.LinkItem(title="A queue", mark="[[post:queue]]", lang="ru", kind="post", status="published"),
        views.LinkItem(title="", mark="[[page:about]]", lang="en", kind="page", status="draft"),
    )
)
KNOWN: dict[str, Any] = {"tags": ("sql",), "series": ("Queues",), "originals": ENGLISH, "links": LINKS}
TEXT_FIELDS = tuple(field.name for field in fields(PostText))


def site(path: str, *, full: bool) -> views.SiteView:
    return replace(FULL_SITE if full else MINIMAL_SITE, path=path)


def samples() -> Iterator[Sample]:
    yield from _reader()
    yield from _signing_in()
    yield from _posts()
    yield from _pasts()
    yield from _rest_of_desk()
    yield from _errors()
    yield Sample(name="api/docs.html", template="api/docs.html", page=api_sample.PAGE, site=MINIMAL_SITE)


def _pair(template: str, path: str, full: object, minimal: object) -> Iterator[Sample]:
    yield Sample(name=f"{template} full", template=template, page=full, site=site(path, full=True))
    yield Sample(name=f"{template} minimal", template=template, page=minimal, site=site(path, full=False))


def _reader() -> Iterator[Sample]:
    for template, path, full, minimal in reader_samples.pairs():
        yield from _pair(template, path, full, minimal)
    for name, template, path, page in reader_samples.others():
        yield Sample(name=f"{template} {name}", template=template, page=page, site=site(path, full=True))


def _signing_in() -> Iterator[Sample]:
    yield from _pair("login.html", "/login", views.LoginPage(form=REFUSED), views.LoginPage())
    invitation = views.InvitationPage(
        action="/invitations/x", email="a@b.example", role="author", expires_at=NOW, password_length=12
    )
    yield from _pair("invitations/show.html", "/invitations/x", replace(invitation, form=REFUSED), invitation)


def _posts() -> Iterator[Sample]:
    everything = views.PostAdminListPage(
        posts=(POST, DRAFT, SCHEDULED, WITHDRAWN), pagination=MANY, query="queue", status="draft"
    )
    nothing = views.PostAdminListPage(posts=(), pagination=FEW)
    for template in ("admin/blog/index.html", "admin/blog/_list.html"):
        yield from _pair(template, "/admin/blog", everything, nothing)
        yield from _pair(
            template, "/admin/pages", replace(nothing, kind="page", query="x"), replace(nothing, kind="page")
        )
    clock = views.Schedule(zone="Europe/Stockholm", offset_now="UTC+01:00")
    new = views.PostEditPage(form=views.Form(), languages=ENGLISH, upload_bytes=20_971_520, schedule=clock)
    old = replace(new, form=REFUSED, post=POST, preview=PREVIEW, pictures=(PICTURE,), saved_at=NOW, **KNOWN)
    yield from _pair("admin/blog/edit.html", "/admin/blog/1/edit", old, new)
    draft = replace(old, post=replace(DRAFT, title="Draft"), form=views.Form(values={"title": "Draft"}))
    yield Sample(
        name="admin/blog/edit.html draft",
        template="admin/blog/edit.html",
        page=draft,
        site=site("/admin/blog/2/edit", full=True),
    )
    yield from _other_editors(draft)
    shown = views.PostPreviewPage(post=POST, description="Short.", body_html=USER_HTML, tags=("sql",), minutes=4)
    bare = views.PostPreviewPage(post=DRAFT, description="", body_html=Markup(""))
    yield from _pair("admin/blog/show.html", "/admin/blog/1/preview", shown, bare)
    clash = views.PostConflictPage(post=POST, mine=REFUSED, theirs=REFUSED, version=4, languages=ENGLISH)
    pieces = (
        views.DiffPiece(kind="equal", text="", is_gap=True),
        *(views.DiffPiece(kind=kind, text="Words ") for kind in ("equal", "delete", "insert")),
    )
    other = views.Form(values=dict.fromkeys(TEXT_FIELDS, "other"))
    far = replace(
        clash, mine=views.Form(), theirs=other, clashes=frozenset(TEXT_FIELDS), diffs={"body": pieces}, typed_body="x"
    )
    yield from _pair("admin/blog/conflict.html", "/admin/blog/1", far, clash)
    saved = views.SavedFragment(action="/admin/blog/1", version=4, saved_at=NOW)
    aside = replace(saved, is_aside=True, is_conflict=True)
    yield from _pair("admin/_saved.html", "/admin/blog/1", aside, replace(saved, saved_at=None))
    refused = views.SavedFragment(action="/admin/blog/1", version=3, message="No.", is_conflict=True)
    yield from _pair("admin/_saved.html", "/admin/blog/1", saved, refused)
    answer = replace(PREVIEW, is_answer=True)
    for template in ("admin/blog/_preview.html", "admin/blog/_counts.html", "admin/blog/_readiness.html"):
        yield from _pair(template, "/admin/blog", answer, views.PreviewFragment(is_answer=True))
        yield Sample(name=f"{template} ready", template=template, page=replace(answer, readiness=()), site=FULL_SITE)
    yield from _pair("admin/blog/_links.html", "/admin/links", LINKS, views.LinksFragment(query="none"))


def _pasts() -> Iterator[Sample]:
    pairs = (
        *history_samples.pairs(),
        *import_samples.pairs(),
        *keeping_samples.pairs(),
        *people_samples.pairs(),
        *matrix_file_samples.pairs(),
        *question_samples.pairs(),
        *role_samples.pairs(),
        *token_samples.pairs(),
        *webhook_samples.pairs(),
        *factor_samples.pairs(),
        *contact_samples.pairs(),
        *audit_samples.pairs(),
    )
    for number, (template, path, full, minimal) in enumerate(pairs):
        for sample in _pair(template, path, full, minimal):
            yield replace(sample, name=f"{sample.name} {number}")
    for name, page in history_samples.lists():
        for template in ("admin/blog/index.html", "admin/blog/_list.html"):
            yield Sample(name=f"{template} {name}", template=template, page=page, site=site("/admin/blog", full=True))


def _other_editors(draft: views.PostEditPage) -> Iterator[Sample]:
    due = replace(draft.schedule, at=NOW, local="2026-11-03T10:05", offset="UTC+01:00", is_first_of_two=True)
    wrong = views.Form(errors=dict.fromkeys((*TEXT_FIELDS, "publish_at"), "Wrong."), message="Please look again.")
    pages = {
        "scheduled": replace(draft, post=SCHEDULED, schedule=due, aside_at=NOW),
        "withdrawn": replace(draft, post=WITHDRAWN, aside_at=NOW),
        "refused": replace(draft, form=wrong),
        "page": replace(draft, post=replace(DRAFT, kind="page"), kind="page", form=wrong, is_linking=True),
    }
    for name, page in pages.items():
        template = "admin/blog/edit.html"
        yield Sample(
            name=f"{template} {name}", template=template, page=page, site=site("/admin/blog/3/edit", full=True)
        )
    page = views.PostEditPage(
        form=views.Form(), languages=ENGLISH, upload_bytes=1, schedule=draft.schedule, kind="page"
    )
    yield Sample(name="new page", template="admin/blog/edit.html", page=page, site=site("/admin/pages/new", full=True))


def _rest_of_desk() -> Iterator[Sample]:
    counts = views.DeskCounts(
        published=12, scheduled=2, drafts=3, trashed=1, files=40, bytes_stored=52_428_800, bytes_allowed=2_147_483_648
    )
    months = months_chart({date(2025, 12, 1): 0, date(2026, 1, 1): 300, date(2026, 2, 1): 1})
    home = views.DeskHomePage(counts=counts, months=months, scheduled=(SCHEDULED,), drafts=(DRAFT,), published=(POST,))
    yield from _pair("admin/index.html", "/admin", home, views.DeskHomePage(counts=counts))
    files = views.MediaListPage(
        files=(PICTURE, replace(PICTURE, key="cd.png", alt="", may_edit=False), replace(PICTURE, key="ef.gif", alt="")),
        upload_bytes=20_971_520,
        storage=views.StorageUse(used=2_040_109_465, limit=2_147_483_648),
    )
    refused = replace(files, form=REFUSED, next_url="/admin/media?cursor=x")
    nothing = replace(files, files=(), storage=None)
    for template in ("admin/media/index.html", "admin/media/_list.html"):
        yield from _pair(template, "/admin/media", refused, nothing)
        for missed in (replace(nothing, query="<nothing>"), replace(nothing, only_unused=True)):
            name = f"{template} missed {missed.query}"
            yield Sample(name=name, template=template, page=missed, site=site("/admin/media", full=True))
    yield from _pair("admin/media/_refused.html", "/admin/media", refused, files)
    for item in (*files.files, replace(PICTURE, was_animated=True)):
        yield Sample(
            name=f"admin/media/_item.html {item.key}",
            template="admin/media/_item.html",
            page=files,
            site=site("/admin/media", full=True),
            item=item,
        )
    places = (
        views.MediaPlaceItem(kind=PlaceKind.POST, title="A queue in a table", url="/admin/blog/1/edit"),
        views.MediaPlaceItem(kind=PlaceKind.PAGE, url="/admin/pages/2/edit", is_trashed=True),
        views.MediaPlaceItem(kind=PlaceKind.POST),
        views.MediaPlaceItem(kind=PlaceKind.PROFILE, title="Anna", url="/admin/profile"),
        views.MediaPlaceItem(kind=PlaceKind.PROFILE),
        views.MediaPlaceItem(kind=PlaceKind.SITE, url="/admin/settings"),
    )
    edit = views.MediaEditPage(
        file=replace(PICTURE, was_animated=True),
        form=REFUSED,
        upload_bytes=20_971_520,
        shown_url="/media/ab-960w.webp",
        places=places,
        may_replace=True,
        may_delete=True,
    )
    plain = views.MediaEditPage(file=PICTURE, form=views.Form(), upload_bytes=20_971_520, shown_url="/media/ab.webp")
    yield from _pair("admin/media/edit.html", "/admin/media/ab.webp/edit", edit, replace(plain, places=places[3:]))
    yield from _pair("admin/media/edit.html", "/admin/media/ab.webp/edit", replace(edit, places=()), plain)
    settings = views.SettingsPage(
        form=SETTINGS,
        swatches=SWATCHES,
        locales=ENGLISH,
        time_zones=("Europe/Stockholm",),
        pictures=(PICTURE,),
        saved=True,
    )
    empty = views.SettingsPage(form=views.Form(), swatches=(), locales=ENGLISH, time_zones=())
    yield from _pair("admin/settings/edit.html", "/admin/settings", settings, empty)
    export = views.ExportPage(posts=1, pages=2, pictures=5)
    yield from _pair("admin/export/index.html", "/admin/export", export, views.ExportPage(posts=0, pages=0, pictures=0))
    trashed = views.TrashedPost(id="9", title="Old", lang="ru", trashed_at=NOW)
    asked = views.TrashedQuestion(id="7", title="Why?", place="Databases · Plans")
    bin_ = views.TrashPage(
        posts=(trashed, replace(trashed, title="", may_restore=False)),
        questions=(asked, replace(asked, title="", may_restore=False)),
        more_questions=True,
    )
    yield from _pair("admin/trash/index.html", "/admin/trash", bin_, views.TrashPage())


def _errors() -> Iterator[Sample]:
    way = views.MenuItem(label="Settings", url="/admin/settings")
    for status in STATUSES:
        full = views.ErrorPage(status=status, detail="Because.", request_id="r1", retry_after=5, ways=(way,))
        full = replace(full, reasons=("It may not.",), advice="Ask.", why_url="/admin/why")
        for sample in _pair("errors/error.html", "/x", full, views.ErrorPage(status=status)):
            yield replace(sample, name=f"{sample.name} {status}")
    again = views.RetryPage(action="/admin/blog/1", fields=(("title", "Queue"), ("body", "# Text")), detail="Too long.")
    yield from _pair("errors/retry.html", "/admin/blog/1", again, replace(again, fields=()))
    yield from _pair(
        "errors/_fragment.html",
        "/blog",
        views.ErrorPage(status=429, detail="Wait.", why_url="/x"),
        views.ErrorPage(status=503),
    )
    for status in (421, 503):
        for stylesheet in ("", "/static/css/plain.css"):
            plain = views.PlainErrorPage(status=status, request_id="r1", stylesheet=stylesheet)
            name = f"errors/plain.html {status} {stylesheet}"
            yield Sample(name=name, template="errors/plain.html", page=plain, site=None)
