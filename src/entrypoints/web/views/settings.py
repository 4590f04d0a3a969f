"""The site's settings."""

from __future__ import annotations

from dataclasses import dataclass

from entrypoints.web.views.forms import Choice, Form
from entrypoints.web.views.media import MediaItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Swatch:
    """How the accent comes out in one theme: "#rrggbb" of ground, accent, accented text and text on the
    accent."""

    label: str
    background: str
    accent: str
    strong: str
    on_accent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """`admin/export/index.html`: how many of each there are to take along."""

    posts: int
    pages: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """*form* has the fields title, tagline, about, picture (a media key), picture_alt, accent, locale,
    time_zone, version and the rows menu and ways. *swatches* shows `form.accent`, or the query's `accent`
    when the palette is previewed (GET /admin/settings?accent=, HTMX takes `#palette` out of the page)."""

    form: Form
    swatches: tuple[Swatch, ...]
    locales: tuple[Choice, ...]
    time_zones: tuple[str, ...]
    pictures: tuple[MediaItem, ...] = ()
    saved: bool = False
