"""In which language a refusal is told."""

from __future__ import annotations

import asyncio

import structlog
from dishka import AsyncContainer

from core.errors import TerraceError
from core.locales import DEFAULT_LOCALE
from core.site.entities import SiteSettings
from entrypoints.api.answers import ApiRequest
from entrypoints.http.translations import Catalogue, Translations

_PATIENCE_SECONDS = 0.5
_log = structlog.get_logger(__name__)


async def words_for(request: ApiRequest) -> Catalogue:
    """The catalogue that Accept-Language asks for, else the site's own language."""
    container: AsyncContainer = request.state.dishka_container
    translations = await container.get(Translations)
    wanted = request.headers.get("accept-language")
    asked = translations.preferred(wanted, default="")
    return translations.catalogue(asked or await _site_locale(container))


async def _site_locale(container: AsyncContainer) -> str:
    """Nearly always in memory. Where it is not and the database is silent, a refusal must not wait for it."""
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            return (await container.get(SiteSettings)).locale
    except (TerraceError, TimeoutError):
        return DEFAULT_LOCALE
    except Exception as error:  # noqa: BLE001 - a refusal must not fail for want of a language
        _log.warning("api.no_site_language", error=type(error).__name__)
        return DEFAULT_LOCALE
