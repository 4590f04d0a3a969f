"""The site's pictures on the desk."""

from collections.abc import Mapping, Sequence

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from litestar_htmx import HTMXHeaders

from core.access import Action
from core.errors import Invalid, Problem, Unavailable
from core.media.entities import UPLOAD_BYTES, MediaFile, MediaKey
from core.media.errors import UnusablePicture
from core.media.use_cases.delete_media import DeleteMedia, MediaInUse
from core.media.use_cases.edit_media import EditMedia
from core.media.use_cases.list_media import ListMedia
from core.media.use_cases.show_media import ShowMedia
from core.media.use_cases.upload_media import UploadMedia
from core.text import N_
from entrypoints.http.watchdog import be_patient
from entrypoints.web.addresses import media_url, with_query
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.forms import WebForm, parsed, shown, typed, upload
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.uploaded import Uploaded
from entrypoints.web.views import Form, MediaEditPage, MediaListPage

LIST = "/admin/media"
SHOWN = 48
UPLOAD_PATIENCE = 30.0


class MediaForm(WebForm):
    alt: str = ""


class DeletionForm(WebForm):
    name: str = ""


@get(LIST)
@inject
async def index(request: WebRequest, list_media: FromDishka[ListMedia], pages: FromDishka[Pages]) -> Page:
    found = await list_media(limit=SHOWN, cursor=request.query_params.get("cursor"))
    next_url = with_query(LIST, cursor=found.next_cursor) if found.next_cursor else ""
    return pages.show("admin/media/index.html", _list(pages, found.items, next_url=next_url))


@post(LIST)
@inject
async def create(
    request: WebRequest,
    upload_media: FromDishka[UploadMedia],
    list_media: FromDishka[ListMedia],
    pages: FromDishka[Pages],
) -> Page:
    """Three ways in: the plain form, the same form by HTMX, and the editor's script, which wants JSON."""
    values = await typed(request)
    form = parsed(MediaForm, values)
    content, filename = await upload(request, "file")
    be_patient(request.scope, UPLOAD_PATIENCE)
    try:
        if not content:
            raise UnusablePicture(N_("Please choose a picture."))
        media = await upload_media(content, filename=filename, alt=form.alt)
    except (Invalid, Unavailable) as error:
        if _wants_json(request):
            raise
        return await _refused(pages, error, values, list_media)
    return _stored(request, pages, media)


@get("/admin/media/{key:str}/edit")
@inject
async def edit(key: FromPath[str], show_media: FromDishka[ShowMedia], pages: FromDishka[Pages]) -> Page:
    media = await show_media(MediaKey(key))
    pages.access.require(Action.EDIT_MEDIA, on=media)
    return pages.show("admin/media/edit.html", _edit(pages, media, Form(values={"alt": media.alt})))


@post("/admin/media/{key:str}")
@inject
async def update(
    request: WebRequest,
    key: FromPath[str],
    edit_media: FromDishka[EditMedia],
    show_media: FromDishka[ShowMedia],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    try:
        await edit_media(MediaKey(key), alt=parsed(MediaForm, values).alt)
    except Invalid as error:
        refused = shown(values, catalogue=pages.catalogue, problems=error.problems)
        page = _edit(pages, await show_media(MediaKey(key)), refused)
        return pages.show("admin/media/edit.html", page, status=422)
    return pages.redirect(LIST, done=Done.MEDIA_SAVED)


@post("/admin/media/{key:str}/deletion")
@inject
async def deletion(
    request: WebRequest,
    key: FromPath[str],
    delete_media: FromDishka[DeleteMedia],
    show_media: FromDishka[ShowMedia],
    pages: FromDishka[Pages],
) -> Page:
    """It cannot be undone: one types the file's name. What is shown somewhere stays."""
    values = await typed(request)
    media = await show_media(MediaKey(key))
    try:
        _refuse_other_name(parsed(DeletionForm, values).name, media)
        await delete_media(media.key)
    except Invalid as error:
        refused = shown({**values, "alt": media.alt}, catalogue=pages.catalogue, problems=error.problems)
        return pages.show("admin/media/edit.html", _edit(pages, media, refused), status=422)
    except MediaInUse:
        page = _edit(pages, media, Form(values={"alt": media.alt}), is_used=True)
        return pages.show("admin/media/edit.html", page, status=409)
    return pages.redirect(LIST, done=Done.MEDIA_DELETED)


def _refuse_other_name(name: str, media: MediaFile) -> None:
    if name.strip() != media.filename.strip():
        raise Invalid(Problem.of("name", N_("This is not the name of the file.")))


def _stored(request: WebRequest, pages: Pages, media: MediaFile) -> Page:
    item = media_item(media, pages.access)
    if _wants_json(request):
        uploaded = Uploaded(url=media_url(media.key), markdown=item.markdown)
        return pages.data(uploaded.model_dump_json().encode(), status=201)
    if pages.is_htmx:
        return pages.fragment("admin/media/_item.html", page=_list(pages, ()), item=item)
    return pages.redirect(LIST)


async def _refused(
    pages: Pages, error: Invalid | Unavailable, values: Mapping[str, str], list_media: ListMedia
) -> Page:
    """The form with the reason beside it; a store that is silent is a reason too."""
    problems = error.problems if isinstance(error, Invalid) else ()
    message = "" if isinstance(error, Invalid) else pages.catalogue.error(error)
    form = shown(values, catalogue=pages.catalogue, problems=problems, message=message)
    if pages.is_htmx:
        headers = {HTMXHeaders.RE_TARGET.value: "#upload-error", HTMXHeaders.RE_SWAP.value: "innerHTML"}
        page = _list(pages, (), form=form)
        return pages.fragment("admin/media/_refused.html", status=422, headers=headers, page=page)
    newest = await list_media(limit=SHOWN)
    status = 422 if isinstance(error, Invalid) else 503
    answer = pages.show("admin/media/index.html", _list(pages, newest.items, form=form), status=status)
    if isinstance(error, Unavailable):
        answer.headers["retry-after"] = str(error.retry_after)
    return answer


def _list(pages: Pages, files: Sequence[MediaFile], *, form: Form | None = None, next_url: str = "") -> MediaListPage:
    return MediaListPage(
        files=tuple(media_item(media, pages.access) for media in files),
        upload_bytes=UPLOAD_BYTES,
        form=form or Form(),
        next_url=next_url,
    )


def _edit(pages: Pages, media: MediaFile, form: Form, *, is_used: bool = False) -> MediaEditPage:
    return MediaEditPage(
        file=media_item(media, pages.access),
        form=form,
        may_delete=pages.access.can(Action.DELETE_MEDIA, on=media),
        is_used=is_used,
    )


def _wants_json(request: WebRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
