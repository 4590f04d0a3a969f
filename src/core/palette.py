"""A site's colours from its one accent, readable whatever the accent is.

Contrast is that of WCAG 2.2 (relative luminance, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

DARK_BACKGROUND = "#14161a"
LIGHT_BACKGROUND = "#fcfbf9"
DARK_SURFACE = "#1c1f25"
LIGHT_SURFACE = "#f3f1ec"
TEXT_CONTRAST = 7.0
ACCENT_CONTRAST = 4.5
_STEP = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """*accent* for links and marks on background and surface, *strong* for accented text (7:1), *on_accent* for text
    on the accent."""

    accent: str
    strong: str
    on_accent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    dark: Shades
    light: Shades


def palette(accent: str) -> Palette:
    """The shades of *accent* ("#rrggbb") for dark and light, moved in lightness just until they can be read."""
    return Palette(
        dark=_shades(accent, (DARK_BACKGROUND, DARK_SURFACE), towards=1.0),
        light=_shades(accent, (LIGHT_BACKGROUND, LIGHT_SURFACE), towards=0.0),
    )


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _shades(accent: str, grounds: tuple[str, ...], *, towards: float) -> Shades:
    readable = _moved(accent, grounds, ACCENT_CONTRAST, towards)
    return Shades(
        accent=readable,
        strong=_moved(accent, grounds, TEXT_CONTRAST, towards),
        on_accent=max(("#000000", "#ffffff"), key=lambda text: contrast(text, readable)),
    )


def _moved(colour: str, grounds: tuple[str, ...], wanted: float, towards: float) -> str:
    hue, lightness, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step = _STEP if towards > lightness else -_STEP
    while min(contrast(colour, ground) for ground in grounds) < wanted:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = _written(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _written(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(channel * 255):02x}" for channel in channels)


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
