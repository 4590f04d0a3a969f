"""The API's documentation: for programs as OpenAPI, for people as a page that needs no script and no other host."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from dishka.integrations.litestar import FromDishka, inject
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, MediaType, get

from core.access import Access, Action
from core.locales import LOCALES
from core.site.entities import SiteSettings
from entrypoints.api.answers import Answer, ApiRequest
from entrypoints.api.documentation_page import api_page
from entrypoints.api.documentation_site import ApiSite
from entrypoints.api.etags import content_tag
from entrypoints.api.openapi import openapi_document
from entrypoints.api.operations import Operation, reads
from entrypoints.api.reading import text, told
from entrypoints.api.schemas import Document
from entrypoints.http.assets import Assets
from entrypoints.http.context import facts_of
from entrypoints.http.translations import Translations

TEMPLATES = Path(__file__).parents[2] / "templates"
KEPT_PAGES = 32


class Documentation:
    """Whoever may read the site may read how programs talk to it. What was made for a site is kept: it changes with the
    site's settings only, and is the longest page of all."""

    def __init__(self, assets: Assets, translations: Translations) -> None:
        self._assets = assets
        self._translations = translations
        self._document: Document | None = None
        self._environments = {locale: _environment(translations, locale) for locale in LOCALES}
        self._kept_page = lru_cache(KEPT_PAGES)(self._page)
        self._kept_text = lru_cache(KEPT_PAGES)(self._text)

    def document(self, app: Litestar, site_url: str) -> Document:
        """The OpenAPI document as the site at *site_url* serves it."""
        if self._document is None:
            self._document = openapi_document(app)
        return {**self._document, "servers": [{"url": site_url}]}

    def text(self, app: Litestar, site_url: str) -> bytes:
        """The document for programs."""
        return self._kept_text(app, site_url)

    def page(self, app: Litestar, site: SiteSettings, site_url: str, locale: str) -> bytes:
        """The document for people, in *locale*, inside the site."""
        return self._kept_page(app, site, site_url, locale)

    def locale_for(self, request: ApiRequest, site: SiteSettings) -> str:
        return self._translations.preferred(request.headers.get("accept-language"), default=site.locale)

    def _text(self, app: Litestar, site_url: str) -> bytes:
        return json.dumps(self.document(app, site_url), ensure_ascii=False).encode()

    def _page(self, app: Litestar, site: SiteSettings, site_url: str, locale: str) -> bytes:
        page = api_page(self.document(app, site_url), self._translations.catalogue(locale))
        around = ApiSite.of(site, lang=locale, asset=self._assets.url)
        return self._environments[locale].get_template("api/docs.html").render(site=around, page=page).encode()


def _environment(translations: Translations, locale: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), extensions=["jinja2.ext.i18n"], autoescape=True, undefined=StrictUndefined
    )
    catalogue = translations.catalogue(locale)
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # given by the i18n extension
        catalogue.gettext, catalogue.ngettext, newstyle=True
    )
    return environment


READ = Operation(
    summary="Read this document", tag="documentation", use_case=Documentation, is_public=True, note="OpenAPI 3.1."
)


@reads("/openapi.json", READ)
@inject
async def read_openapi(
    request: ApiRequest, access: FromDishka[Access], documentation: FromDishka[Documentation]
) -> Answer:
    access.require(Action.READ_SITE)
    return text(request, documentation.text(request.app, facts_of(request.scope).base_url))


@get("/api/docs")
@inject
async def show_documentation(
    request: ApiRequest,
    access: FromDishka[Access],
    documentation: FromDishka[Documentation],
    site: FromDishka[SiteSettings],
) -> Answer:
    access.require(Action.READ_SITE)
    locale = documentation.locale_for(request, site)
    page = documentation.page(request.app, site, facts_of(request.scope).base_url, locale)
    headers = {"cache-control": "no-cache", "vary": "Accept-Encoding, Accept-Language", "content-language": locale}
    return told(request, page, tag=content_tag(page), headers=headers, media_type=MediaType.HTML)


HANDLERS = (read_openapi,)
