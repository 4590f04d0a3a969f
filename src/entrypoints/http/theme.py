"""A site's colours as a style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from core.palette import Shades, palette

KEPT_SHEETS = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSheet:
    url: str
    body: bytes


@lru_cache(KEPT_SHEETS)
def theme_sheet(accent: str) -> ThemeSheet:
    """The sheet for *accent*; equal accents share one address. It sets what `css/site.css` sets, in the same places."""
    shades = palette(accent)
    light, dark = _tokens(shades.light), _tokens(shades.dark)
    strong_light, strong_dark = _tokens(shades.light, is_strong=True), _tokens(shades.dark, is_strong=True)
    body = (
        f":root{{{light}}}"
        f'@media screen and (prefers-color-scheme:dark){{:root:not([data-theme="light"]){{{dark}}}}}'
        f'@media screen{{:root[data-theme="dark"]{{{dark}}}}}'
        f"@media (prefers-contrast:more){{:root{{{strong_light}}}}}"
        "@media screen and (prefers-contrast:more) and (prefers-color-scheme:dark)"
        f'{{:root:not([data-theme="light"]){{{strong_dark}}}}}'
        f'@media screen and (prefers-contrast:more){{:root[data-theme="dark"]{{{strong_dark}}}}}'
    ).encode()
    return ThemeSheet(url=f"/theme.{sha256(body).hexdigest()[:12]}.css", body=body)


def _tokens(shades: Shades, *, is_strong: bool = False) -> str:
    accent = shades.strong if is_strong else shades.accent
    return f"--t-accent:{accent};--t-accent-strong:{shades.strong};--t-accent-contrast:{shades.on_accent}"
