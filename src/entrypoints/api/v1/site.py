from typing import Annotated

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.access import Action
from core.links import LABEL_LENGTH, URL_LENGTH, Link
from core.locales import LOCALES
from core.site.entities import (
    ABOUT_LENGTH,
    FIRST_SECTIONS,
    MENU_LENGTH,
    TAGLINE_LENGTH,
    TITLE_LENGTH,
    SiteSettings,
    SiteWishes,
)
from core.site.use_cases.edit_site import EditSite
from core.site.use_cases.show_site import ShowSite
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import MERGE_PATCH, json_body, patched
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.models import Shown, Wanted
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.http.context import facts_of

EXAMPLE: JsonDict = {
    "title": "Anna Lind",
    "tagline": "Databases, deadlines and calm systems",
    "about": "I keep other people's data safe.",
    "locale": "en",
    "time_zone": "Europe/Stockholm",
    "accent": "#c2410c",
    "picture": "8e2d6c1f0a9b4c3d8e7f6a5b4c3d2e1f.webp",
    "picture_alt": "Anna at her desk",
    "menu": [{"label": "Writing", "url": "/blog"}],
    "ways": [{"label": "E-mail", "url": "mailto:anna@example.org"}],
    "sections": ["blog"],
}
SHOWN_EXAMPLE: JsonDict = {
    **EXAMPLE,
    "about_html": "<p>I keep other people's data safe.</p>\n",
    "picture_url": "https://anna.example/media/8e2d6c1f0a9b4c3d8e7f6a5b4c3d2e1f.webp",
    "version": 3,
    "url": "https://anna.example",
}


class LinkModel(Wanted):
    """An entry of the menu, or a way to be reached."""

    label: Annotated[str, Field(json_schema_extra={"maxLength": LABEL_LENGTH})]
    url: Annotated[str, Field(json_schema_extra={"maxLength": URL_LENGTH})]


LinkList = Annotated[tuple[LinkModel, ...], Field(json_schema_extra={"maxItems": MENU_LENGTH})]


class SiteWanted(Wanted):
    """What the site says about itself. *about* is Markdown, *picture* a media key."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    title: Annotated[str, Field(json_schema_extra={"maxLength": TITLE_LENGTH})]
    locale: Annotated[str, Field(json_schema_extra={"enum": list(LOCALES)})]
    time_zone: str
    accent: Annotated[str, Field(json_schema_extra={"pattern": "^#[0-9a-f]{6}$"})]
    tagline: Annotated[str, Field(json_schema_extra={"maxLength": TAGLINE_LENGTH})] = ""
    about: Annotated[str, Field(json_schema_extra={"maxLength": ABOUT_LENGTH})] = ""
    picture: str | None = None
    picture_alt: str = ""
    menu: LinkList = ()
    ways: LinkList = ()
    sections: tuple[str, ...] = FIRST_SECTIONS

    @classmethod
    def of(cls, site: SiteSettings) -> "SiteWanted":
        return cls(
            title=site.title,
            locale=site.locale,
            time_zone=site.time_zone,
            accent=site.accent,
            tagline=site.tagline,
            about=site.about,
            picture=site.picture,
            picture_alt=site.picture_alt,
            menu=_models(site.menu),
            ways=_models(site.ways),
            sections=site.sections,
        )

    def wishes(self) -> SiteWishes:
        return SiteWishes(
            title=self.title,
            locale=self.locale,
            time_zone=self.time_zone,
            accent=self.accent,
            tagline=self.tagline,
            about=self.about,
            picture=self.picture,
            picture_alt=self.picture_alt,
            menu=_links(self.menu),
            ways=_links(self.ways),
            sections=self.sections,
        )


class SiteShown(Shown):
    """*about_html* was rendered from *about* and is safe to put into a page."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN_EXAMPLE]})

    title: str
    tagline: str
    about: str
    about_html: str
    locale: str
    time_zone: str
    accent: str
    picture: str | None
    picture_alt: str
    picture_url: str | None
    menu: tuple[LinkModel, ...]
    ways: tuple[LinkModel, ...]
    sections: tuple[str, ...]
    version: int
    url: str

    @classmethod
    def of(cls, site: SiteSettings, *, site_url: str) -> "SiteShown":
        return cls(
            title=site.title,
            tagline=site.tagline,
            about=site.about,
            about_html=site.about_html,
            locale=site.locale,
            time_zone=site.time_zone,
            accent=site.accent,
            picture=site.picture,
            picture_alt=site.picture_alt,
            picture_url=f"{site_url}/media/{site.picture}" if site.picture else None,
            menu=_models(site.menu),
            ways=_models(site.ways),
            sections=site.sections,
            version=site.version,
            url=site_url,
        )


def _models(links: tuple[Link, ...]) -> tuple[LinkModel, ...]:
    return tuple(LinkModel(label=link.label, url=link.url) for link in links)


def _links(models: tuple[LinkModel, ...]) -> tuple[Link, ...]:
    return tuple(Link(label=model.label, url=model.url) for model in models)


READ = Operation(summary="Read the site's settings", tag="site", use_case=ShowSite, shows=SiteShown, is_public=True)
REPLACE = Operation(
    summary="Replace the site's settings",
    tag="site",
    use_case=EditSite,
    body=SiteWanted,
    shows=SiteShown,
    refusals=(422,),
    precondition=Precondition.REQUIRED,
)
CHANGE = Operation(
    summary="Change some of the site's settings",
    tag="site",
    use_case=EditSite,
    body=SiteWanted,
    body_types=(MERGE_PATCH, "application/json"),
    example={"tagline": "Databases and calm systems", "picture": None},
    shows=SiteShown,
    refusals=(422,),
    precondition=Precondition.REQUIRED,
    note="The body is a JSON merge patch (RFC 7396): what it does not name stays, null takes away.",
)


@reads("/site", READ)
@inject
async def read_site(request: ApiRequest, show: FromDishka[ShowSite]) -> Answer:
    site = await show()
    model = SiteShown.of(site, site_url=facts_of(request.scope).base_url)
    return reading.one(request, model, tag=version_tag(site.version))


@writes(HttpMethod.PUT, "/site", REPLACE)
@inject
async def replace_site(request: ApiRequest, admission: FromDishka[Admission], edit: FromDishka[EditSite]) -> Answer:
    await admission.admit(Action.EDIT_SITE)
    expected = required_version(request)
    wanted, _ = await json_body(request, SiteWanted)
    return _changed(request, await edit(wanted.wishes(), expected=expected))


@writes(HttpMethod.PATCH, "/site", CHANGE)
@inject
async def change_site(
    request: ApiRequest, admission: FromDishka[Admission], show: FromDishka[ShowSite], edit: FromDishka[EditSite]
) -> Answer:
    await admission.admit(Action.EDIT_SITE)
    expected = required_version(request)
    site = await show()
    wanted = await patched(request, SiteWanted.of(site))
    # A patch changes what was read here: with "If-Match: *" this read is the version that must still stand.
    return _changed(request, await edit(wanted.wishes(), expected=site.version if expected is None else expected))


def _changed(request: ApiRequest, site: SiteSettings) -> Answer:
    model = SiteShown.of(site, site_url=facts_of(request.scope).base_url)
    return shown(model, tag=version_tag(site.version))


HANDLERS = (read_site, replace_site, change_site)
