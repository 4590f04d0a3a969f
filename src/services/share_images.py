"""Share images by Pillow, in the pages' own fonts."""

from __future__ import annotations

import unicodedata
from collections import OrderedDict
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from core.palette import palette
from core.share import SHARE_HEIGHT, SHARE_WIDTH, ShareCard
from services.own_threads import OwnThreads

FONTS = Path(__file__).parents[1] / "static" / "fonts"
KEPT = 64
MARGIN = 84
SIZES = (84, 72, 62, 54, 46)
MOST_LINES = 4
LINE = 1.16
SMALL = 34
GROUND, INK, QUIET = "#14151a", "#f3f2ee", "#a9a7a0"
BOLD, MEDIUM = 700, 500
_DRAWN = frozenset("\u2116\u20ac\u20bd\u2122") | {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))}
_DRAWN |= frozenset("\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2032\u2033\u2039\u203a\u2190\u2192")
ELLIPSIS = "…"


class PillowShareImages:
    """The last cards are kept: those who fetch a link's picture come in crowds."""

    def __init__(self) -> None:
        self._threads = OwnThreads("share images", threads=1, waiting=16)
        self._kept: OrderedDict[ShareCard, bytes] = OrderedDict()

    async def draw(self, card: ShareCard) -> bytes:
        found = self._kept.get(card)
        if found is None:
            found = await self._threads.run(lambda: _drawn(card))
            self._kept[card] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(card)
        return found

    def close(self) -> None:
        self._threads.close()


def _drawn(card: ShareCard) -> bytes:
    accent = palette(card.accent).dark.accent
    image = Image.new("RGB", (SHARE_WIDTH, SHARE_HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 14, SHARE_HEIGHT), fill=accent)
    size, lines = _fitted(_known(card.title))
    top = MARGIN
    for line in lines:
        _write(pen, (MARGIN, top), line, size, BOLD, INK)
        top += round(size * LINE)
    base = SHARE_HEIGHT - MARGIN
    pen.rectangle((MARGIN, base - 62, MARGIN + 64, base - 58), fill=accent)
    site = _cut(_known(card.site), SMALL, BOLD, SHARE_WIDTH // 2)
    _write(pen, (MARGIN, base - 34), site, SMALL, BOLD, INK)
    left = MARGIN + _width(site, SMALL, BOLD) + 24
    detail = _cut(_known(card.detail), SMALL, MEDIUM, SHARE_WIDTH - MARGIN - left)
    _write(pen, (left, base - 34), detail, SMALL, MEDIUM, QUIET)
    out = BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def _fitted(title: str) -> tuple[int, list[str]]:
    """The largest size in which *title* has its lines; the last resort cuts it."""
    for size in SIZES:
        lines = list(_wrapped(title, size))
        if len(lines) <= MOST_LINES:
            return size, lines
    lines = lines[:MOST_LINES]
    lines[-1] = _cut(lines[-1] + ELLIPSIS, SIZES[-1], BOLD, SHARE_WIDTH - 2 * MARGIN)
    return SIZES[-1], lines


def _wrapped(title: str, size: int) -> Iterator[str]:
    room, line = SHARE_WIDTH - 2 * MARGIN, ""
    for word in title.split():
        longer = f"{line} {word}".strip()
        if _width(longer, size, BOLD) <= room:
            line = longer
            continue
        if line:
            yield line
        line = _cut(word, size, BOLD, room)
    yield line


def _cut(text: str, size: int, weight: int, room: float) -> str:
    """*text* no wider than *room*."""
    if _width(text, size, weight) <= room:
        return text
    while text and _width(text + ELLIPSIS, size, weight) > room:
        text = text[: -max(1, len(text) // 8)]
    return text.rstrip(" …") + ELLIPSIS


def _known(text: str) -> str:
    """*text* in letters that the fonts have: others lose their marks, or are left out."""
    plain = "".join(_letter(char) for char in unicodedata.normalize("NFC", text)[:400])
    return " ".join(plain.split())


def _letter(char: str) -> str:
    if char in _DRAWN or _is_cyrillic(char):
        return char
    base = unicodedata.normalize("NFKD", char)[:1]
    return base if base in _DRAWN or _is_cyrillic(base) else " " if char.isspace() else ""


def _is_cyrillic(char: str) -> bool:
    return "\u0400" <= char <= "\u045f" or char in "\u0490\u0491"


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    """Parts in one script each, since each script has its file; blanks and digits are Latin."""
    part, is_cyrillic = "", False
    for char in text:
        if part and _is_cyrillic(char) is not is_cyrillic:
            yield part, is_cyrillic
            part = ""
        is_cyrillic = _is_cyrillic(char)
        part += char
    if part:
        yield part, is_cyrillic


def _width(text: str, size: int, weight: int) -> float:
    return sum(_font(is_cyrillic, size, weight).getlength(part) for part, is_cyrillic in _runs(text))


def _write(pen: ImageDraw.ImageDraw, place: tuple[float, float], text: str, size: int, weight: int, fill: str) -> None:
    left, top = place
    for part, is_cyrillic in _runs(text):
        font = _font(is_cyrillic, size, weight)
        pen.text((left, top + size), part, font=font, fill=fill, anchor="ls")
        left += font.getlength(part)


@cache
def _font(is_cyrillic: bool, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"sans-{'cyrillic' if is_cyrillic else 'latin'}.woff2", size)
    font.set_variation_by_axes([weight])
    return font
