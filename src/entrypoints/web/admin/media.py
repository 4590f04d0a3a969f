"""The site's pictures on the desk: the library, and bringing in another."""

from collections.abc import Mapping, Sequence

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar_htmx import HTMXHeaders

from core.errors import Invalid, Unavailable
from core.media.entities import UPLOAD_BYTES, MediaFile
from core.media.errors import UnusablePicture
from core.media.use_cases.list_media import ListMedia
from core.media.use_cases.measure_media import MeasureMedia
from core.media.use_cases.upload_media import UploadMedia
from core.text import N_
from entrypoints.http.watchdog import be_patient
from entrypoints.web.addresses import media_url, with_query
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.forms import WebForm, parsed, shown, typed, upload
from entrypoints.web.lists import searched
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.uploaded import Uploaded
from entrypoints.web.views import Form, MediaListPage, StorageUse

LIST = "/admin/media"
SHOWN = 48
UPLOAD_PATIENCE = 30.0
NOTHING_CHOSEN = N_("Please choose a picture.")
WAS_ANIMATED = N_("Of the animation the first picture was kept.")


class MediaForm(WebForm):
    alt: str = ""


@get(LIST)
@inject
async def index(
    request: WebRequest, list_media: FromDishka[ListMedia], measure: FromDishka[MeasureMedia], pages: FromDishka[Pages]
) -> Page:
    asked = request.query_params
    text, only_unused = searched(asked.get("q")), asked.get("unused") == "1"
    found = await list_media(limit=SHOWN, cursor=asked.get("cursor"), query=text, only_unused=only_unused)
    usage = await measure()
    page = MediaListPage(
        files=tuple(media_item(media, pages.access) for media in found.items),
        upload_bytes=UPLOAD_BYTES,
        next_url=_older(found.next_cursor, text, only_unused=only_unused),
        query=text,
        only_unused=only_unused,
        storage=StorageUse(used=usage.size, limit=usage.limit),
    )
    if pages.wants_fragment:
        return pages.fragment("admin/media/_list.html", page=page)
    return pages.show("admin/media/index.html", page)


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
        if not content and not filename:
            raise UnusablePicture(NOTHING_CHOSEN)
        media = await upload_media(content, filename=filename, alt=form.alt)
    except (Invalid, Unavailable) as error:
        if _wants_json(request):
            raise
        return await _refused(pages, error, values, list_media)
    return _stored(request, pages, media)


def _older(cursor: str | None, query: str, *, only_unused: bool) -> str:
    return with_query(LIST, q=query, unused=int(only_unused), cursor=cursor) if cursor else ""


def _stored(request: WebRequest, pages: Pages, media: MediaFile) -> Page:
    if _wants_json(request):
        return pages.data(_told(pages, media).model_dump_json().encode(), status=201)
    if pages.is_htmx:
        return pages.fragment("admin/media/_item.html", page=_list(pages, ()), item=media_item(media, pages.access))
    return pages.redirect(LIST)


def _told(pages: Pages, media: MediaFile) -> Uploaded:
    return Uploaded(
        key=media.key,
        url=media_url(media.key),
        markdown=media_item(media, pages.access).markdown,
        filename=media.filename,
        alt=media.alt,
        width=media.width,
        height=media.height,
        edit_url=f"{LIST}/{media.key}",
        notice=pages.catalogue.gettext(WAS_ANIMATED) if media.was_animated else "",
    )


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
    page = _list(pages, newest.items, form=form, next_url=_older(newest.next_cursor, "", only_unused=False))
    answer = pages.show("admin/media/index.html", page, status=status)
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


def _wants_json(request: WebRequest) -> bool:
    return request.headers.get("accept", "").startswith("application/json")
