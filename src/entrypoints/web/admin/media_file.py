"""One picture on the desk: what it shows, where it is shown, another in its place, its end."""

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath

from core.access import Access, Action
from core.errors import Invalid, Problem, Unavailable
from core.media.entities import UPLOAD_BYTES, MediaFile, MediaKey
from core.media.errors import MediaInUse, UnusablePicture
from core.media.places import MediaPlace, PlaceKind
from core.media.use_cases.delete_media import DeleteMedia
from core.media.use_cases.edit_media import EditMedia
from core.media.use_cases.locate_media import LocatedMedia, LocateMedia
from core.media.use_cases.replace_media import ReplaceMedia
from core.text import N_
from entrypoints.http.watchdog import be_patient
from entrypoints.web.addresses import media_url
from entrypoints.web.admin.media import LIST, NOTHING_CHOSEN, UPLOAD_PATIENCE, MediaForm
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.forms import WebForm, parsed, shown, typed, upload
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, MediaEditPage, MediaPlaceItem

SHOWN_WIDTH = 960
_EDITORS = {
    PlaceKind.POST: "/admin/blog",
    PlaceKind.PAGE: "/admin/pages",
    PlaceKind.QUESTION: "/admin/matrix/questions",
}


class DeletionForm(WebForm):
    """*warned* is sent by a page that told where the file is shown."""

    name: str = ""
    warned: str = ""


@get("/admin/media/{key:str}/edit")
@inject
async def edit(key: FromPath[str], locate: FromDishka[LocateMedia], pages: FromDishka[Pages]) -> Page:
    located = await locate(MediaKey(key))
    pages.access.require(Action.EDIT_MEDIA, on=located.media)
    return _shown(pages, located, Form(values={"alt": located.media.alt}))


@post("/admin/media/{key:str}")
@inject
async def update(
    request: WebRequest,
    key: FromPath[str],
    edit_media: FromDishka[EditMedia],
    locate: FromDishka[LocateMedia],
    pages: FromDishka[Pages],
) -> Page:
    values = await typed(request)
    try:
        await edit_media(MediaKey(key), alt=parsed(MediaForm, values).alt)
    except Invalid as error:
        refused = shown(values, catalogue=pages.catalogue, problems=error.problems)
        return _shown(pages, await locate(MediaKey(key)), refused, status=422)
    return pages.redirect(LIST, done=Done.MEDIA_SAVED)


@post("/admin/media/{key:str}/replacement")
@inject
async def replacement(
    request: WebRequest,
    key: FromPath[str],
    replace_media: FromDishka[ReplaceMedia],
    locate: FromDishka[LocateMedia],
    pages: FromDishka[Pages],
) -> Page:
    await typed(request)
    content, filename = await upload(request, "file")
    be_patient(request.scope, UPLOAD_PATIENCE)
    try:
        if not content and not filename:
            raise UnusablePicture(NOTHING_CHOSEN)
        await replace_media(MediaKey(key), content, filename=filename)
    except (Invalid, Unavailable) as error:
        located = await locate(MediaKey(key))
        problems = error.problems if isinstance(error, Invalid) else ()
        message = "" if isinstance(error, Invalid) else pages.catalogue.error(error)
        values = {"alt": located.media.alt, "file": ""}
        refused = shown(values, catalogue=pages.catalogue, problems=problems, message=message)
        return _shown(pages, located, refused, status=422 if isinstance(error, Invalid) else 503)
    return pages.redirect(f"{LIST}/{key}/edit", done=Done.MEDIA_REPLACED)


@post("/admin/media/{key:str}/deletion")
@inject
async def deletion(
    request: WebRequest,
    key: FromPath[str],
    delete_media: FromDishka[DeleteMedia],
    locate: FromDishka[LocateMedia],
    pages: FromDishka[Pages],
) -> Page:
    """It cannot be undone: one types the file's name, and has been told where it is shown."""
    values = await typed(request)
    form = parsed(DeletionForm, values)
    located = await locate(MediaKey(key))
    kept = {**values, "alt": located.media.alt}
    try:
        _refuse_other_name(form.name, located.media)
        await delete_media(located.media.key, even_if_used=form.warned == "1")
    except Invalid as error:
        refused = shown(kept, catalogue=pages.catalogue, problems=error.problems)
        return _shown(pages, located, refused, status=422)
    except MediaInUse as error:
        refused = shown(kept, catalogue=pages.catalogue, message=pages.catalogue.error(error))
        return _shown(pages, LocatedMedia(media=located.media, places=error.places), refused, status=409)
    return pages.redirect(LIST, done=Done.MEDIA_DELETED)


def _refuse_other_name(name: str, media: MediaFile) -> None:
    if name.strip() != media.filename.strip():
        raise Invalid(Problem.of("name", N_("This is not the name of the file.")))


def _shown(pages: Pages, located: LocatedMedia, form: Form, *, status: int = 200) -> Page:
    media, access = located.media, pages.access
    page = MediaEditPage(
        file=media_item(media, access),
        form=form,
        upload_bytes=UPLOAD_BYTES,
        shown_url=media_url(media.key_at(SHOWN_WIDTH)),
        places=tuple(_place(place, access) for place in located.places),
        may_replace=access.can(Action.REPLACE_MEDIA, on=media),
        may_delete=access.can(Action.DELETE_MEDIA, on=media),
    )
    return pages.show("admin/media/edit.html", page, status=status)


def _place(place: MediaPlace, access: Access) -> MediaPlaceItem:
    if place.kind is PlaceKind.SITE:
        return MediaPlaceItem(kind=place.kind, url="/admin/settings")
    if place.kind is PlaceKind.PROFILE:
        own = "/admin/profile" if place.id == access.actor.user_id else f"/admin/users/{place.id}"
        return MediaPlaceItem(kind=place.kind, title=place.title, url=own if place.id else "")
    url = f"{_EDITORS[place.kind]}/{place.id}/edit" if place.id else ""
    return MediaPlaceItem(kind=place.kind, title=place.title, url=url, is_trashed=place.is_trashed)
