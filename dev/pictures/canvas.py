"""A sheet of 1600 × 900 units, drawn at twice its size and scaled down once, so that every edge is smooth."""

from collections.abc import Sequence
from functools import cache
from math import atan2, cos, hypot, pi, sin
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from dev.pictures.palette import Palette, mix

SCALE = 2
FONTS = Path("/usr/share/fonts/opentype/inter")

Point = tuple[float, float]


@cache
def _font(weight: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"Inter-{weight}.otf"), size * SCALE)


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * SCALE, y * SCALE) for x, y in points]


class Canvas:
    def __init__(self, palette: Palette, *, width: int = 1600, height: int = 900) -> None:
        self.palette, self.width, self.height = palette, width, height
        self._image = Image.new("RGB", (width * SCALE, height * SCALE), palette.top)
        self._draw = ImageDraw.Draw(self._image)
        self.gradient((palette.top, palette.bottom))

    def gradient(self, stops: Sequence[str], *, top: float = 0, bottom: float | None = None) -> None:
        first, last = round(top * SCALE), round((self.height if bottom is None else bottom) * SCALE)
        for y in range(first, last):
            place = (y - first) / max(1, last - first - 1) * (len(stops) - 1)
            low = min(int(place), len(stops) - 2)
            colour = mix(stops[low], stops[low + 1], place - low)
            self._draw.line([(0, y), (self.width * SCALE, y)], fill=colour)

    def glow(self, centre: Point, radius: float, colour: str, *, strength: float = 0.5) -> None:
        """Light around a point, fading to nothing at the radius."""
        side = round(radius * 2 * SCALE)
        mask = Image.radial_gradient("L").resize((side, side), Image.Resampling.BICUBIC)
        mask = mask.point(lambda v: round(max(0.0, 1 - v / 181) ** 2 * 255 * strength))
        corner = (round((centre[0] - radius) * SCALE), round((centre[1] - radius) * SCALE))
        self._image.paste(Image.new("RGB", (side, side), colour), corner, mask)

    def box(
        self,
        corner: Point,
        size: Point,
        *,
        fill: str | None = None,
        outline: str | None = None,
        radius: float = 10,
    ) -> None:
        (x, y), (w, h) = corner, size
        edges = (x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE)
        self._draw.rounded_rectangle(edges, radius * SCALE, fill=fill, outline=outline, width=2 * SCALE)

    def circle(self, centre: Point, radius: float, *, fill: str | None = None, outline: str | None = None) -> None:
        (x, y), r = centre, radius
        edges = ((x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE)
        self._draw.ellipse(edges, fill=fill, outline=outline, width=2 * SCALE)

    def ellipse(self, corner: Point, size: Point, fill: str) -> None:
        (x, y), (w, h) = corner, size
        self._draw.ellipse((x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE), fill=fill)

    def shape(self, points: Sequence[Point], fill: str) -> None:
        self._draw.polygon(_scaled(points), fill=fill)

    def path(self, points: Sequence[Point], colour: str, *, width: float = 3) -> None:
        self._draw.line(_scaled(points), fill=colour, width=round(width * SCALE), joint="curve")

    def dashes(self, start: Point, end: Point, colour: str, *, width: float = 2, dash: float = 10) -> None:
        length = hypot(end[0] - start[0], end[1] - start[1])
        dx, dy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
        at = 0.0
        while at < length:
            stop = min(at + dash, length)
            here = (start[0] + dx * at, start[1] + dy * at)
            self.path([here, (start[0] + dx * stop, start[1] + dy * stop)], colour, width=width)
            at += dash * 1.8

    def arrow(self, start: Point, end: Point, colour: str, *, width: float = 3, head: float = 14) -> None:
        angle = atan2(end[1] - start[1], end[0] - start[0])
        neck = (end[0] - cos(angle) * head * 0.8, end[1] - sin(angle) * head * 0.8)
        self.path([start, neck], colour, width=width)
        wings = [(end[0] - cos(angle + s) * head, end[1] - sin(angle + s) * head) for s in (pi / 7, -pi / 7)]
        self.shape([end, *wings], colour)

    def text(
        self,
        at: Point,
        words: str,
        *,
        size: float = 28,
        colour: str | None = None,
        weight: str = "Medium",
        anchor: str = "mm",
    ) -> None:
        """Anchors are Pillow's: l, m, r across and t, m, s (baseline) down."""
        place = (at[0] * SCALE, at[1] * SCALE)
        self._draw.text(
            place,
            words,
            font=_font(weight, size),
            fill=colour or self.palette.ink,
            anchor=anchor,
            align="center",
        )

    def save(self, target: Path) -> None:
        drawn = self._image.resize((self.width, self.height), Image.Resampling.LANCZOS)
        drawn.save(target, "WEBP", quality=82, method=6)
