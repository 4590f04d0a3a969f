"""The site's settings on the desk."""

from collections.abc import Mapping, Sequence

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.access import Action
from core.errors import Invalid, StaleVersion
from core.media.entities import MediaFile
from core.media.use_cases.list_media import ListMedia
from core.palette import DARK_BACKGROUND, LIGHT_BACKGROUND, Shades, palette
from core.site.use_cases.edit_site import EditSite
from core.site.use_cases.show_site import ShowSite
from core.text import N_
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.admin.site_forms import SiteForm, is_colour, site_values, time_zones, with_rows_closed_up
from entrypoints.web.forms import parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form, SettingsPage, Swatch
from entrypoints.web.words import LANGUAGES

SETTINGS = "/admin/settings"
PICKER_SIZE = 24
STALE = N_("Somebody saved other settings meanwhile. Here are yours: save again to replace the others by them.")


@get(SETTINGS)
@inject
async def edit(
    request: WebRequest, show_site: FromDishka[ShowSite], list_media: FromDishka[ListMedia], pages: FromDishka[Pages]
) -> Page:
    pages.access.require(Action.EDIT_SITE)
    values = site_values(await show_site())
    tried = request.query_params.get("accent", "")
    if is_colour(tried):
        values["accent"] = tried
    return await _show(pages, Form(values=values), list_media)


@post(SETTINGS)
@inject
async def update(
    request: WebRequest, edit_site: FromDishka[EditSite], list_media: FromDishka[ListMedia], pages: FromDishka[Pages]
) -> Page:
    values = with_rows_closed_up(await typed(request))
    form = parsed(SiteForm, values)
    try:
        await edit_site(form.wishes(values, sections=pages.settings.sections), expected=form.expected)
    except Invalid as error:
        refused = shown(values, catalogue=pages.catalogue, problems=error.problems)
        return await _show(pages, refused, list_media, status=422)
    except StaleVersion as error:
        message = pages.catalogue.gettext(STALE)
        refused = shown(values | {"version": str(error.current)}, catalogue=pages.catalogue, message=message)
        return await _show(pages, refused, list_media, status=409)
    return pages.redirect(SETTINGS, done=Done.SAVED)


async def _show(pages: Pages, form: Form, list_media: ListMedia, *, status: int = 200) -> Page:
    newest: Sequence[MediaFile] = ()
    if pages.access.can(Action.LIST_MEDIA):
        newest = (await list_media(limit=PICKER_SIZE)).items
    page = SettingsPage(
        form=form,
        swatches=_swatches(pages, form.values),
        locales=LANGUAGES,
        time_zones=time_zones(),
        pictures=tuple(media_item(media, pages.access) for media in newest),
    )
    return pages.show("admin/settings/edit.html", page, status=status)


def _swatches(pages: Pages, values: Mapping[str, str]) -> tuple[Swatch, ...]:
    accent = values.get("accent", "").strip().lower()
    if not is_colour(accent):
        return ()
    shades = palette(accent)
    say = pages.catalogue.gettext
    return (
        _swatch(say(N_("dark")), DARK_BACKGROUND, shades.dark),
        _swatch(say(N_("light")), LIGHT_BACKGROUND, shades.light),
    )


def _swatch(label: str, background: str, shades: Shades) -> Swatch:
    return Swatch(
        label=label,
        background=background,
        accent=shades.accent,
        strong=shades.strong,
        on_accent=shades.on_accent,
    )
