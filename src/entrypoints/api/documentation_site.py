"""The site around the page of documentation, as base.html wants it: a visitor's, whoever asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from core.links import Link
from core.site.entities import SiteSettings
from entrypoints.http.theme import theme_sheet

PATH = "/api/docs"


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorRights:
    """Cookies mean nothing below /api/, so nobody is known here."""

    open_desk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSite:
    title: str
    tagline: str
    lang: str
    theme_css: str
    asset: Callable[[str], str]
    menu: tuple[Link, ...]
    path: str = PATH
    can: VisitorRights = field(default_factory=VisitorRights)
    csrf_token: str = ""
    notice: None = None

    @classmethod
    def of(cls, site: SiteSettings, *, lang: str, asset: Callable[[str], str]) -> ApiSite:
        return cls(
            title=site.title,
            tagline=site.tagline,
            lang=lang,
            theme_css=theme_sheet(site.accent).url,
            asset=asset,
            menu=site.menu,
        )

    def is_current(self, url: str) -> bool:
        return url == self.path
