"""Skies, ridges, water and books: what the covers of both sites are made of."""

from itertools import pairwise
from math import floor, sin

from dev.pictures.canvas import Canvas, Point
from dev.pictures.palette import mix


def chance(seed: float) -> float:
    """A number in [0, 1) that looks random and is the same on every run."""
    value = sin(seed * 12.9898 + 4.1414) * 43758.5453
    return value - floor(value)


def ridge(canvas: Canvas, *, base: float, height: float, seed: int, peaks: int = 6) -> list[Point]:
    """The outline of a mountain range, peaks and saddles with broken slopes, closed below."""
    points: list[Point] = []
    for index in range(-1, 2 * peaks + 2):
        x = (index + (chance(seed * 7 + index) - 0.5) * 0.7) * canvas.width / (2 * peaks)
        rise = 0.55 + 0.45 * chance(seed * 3 + index) if index % 2 else 0.12 + 0.3 * chance(seed * 5 + index)
        points.append((x, base - rise * height))
    spread = height * 0.13
    for level in range(5):
        finer = [points[0]]
        for index, (left, right) in enumerate(pairwise(points)):
            push = (chance(seed * 31 + level * 977 + index) - 0.5) * spread
            finer += [((left[0] + right[0]) / 2, (left[1] + right[1]) / 2 + push), right]
        points, spread = finer, spread * 0.52
    return [*points, (points[-1][0], canvas.height), (points[0][0], canvas.height)]


def stars(canvas: Canvas, *, below: float, count: int, colour: str) -> None:
    for index in range(count):
        x, y = chance(index * 3.1 + 7) * canvas.width, chance(index * 5.7 + 1) * below
        dim = 0.35 + 0.5 * chance(index * 1.3)
        canvas.circle((x, y), 0.9 + chance(index * 9.9) * 1.3, fill=mix(canvas.palette.sky[0], colour, dim))


def glints(canvas: Canvas, *, top: float, centre: float, colour: str, water: str) -> None:
    """Short strokes of light on water, wider and rarer towards the viewer."""
    for index in range(90):
        depth = chance(index * 2.7) ** 1.4
        y = top + 8 + depth * (canvas.height - top - 20)
        x = centre + (chance(index * 4.3) - 0.5) * (90 + depth * 520)
        half = (6 + depth * 46) * (0.4 + chance(index))
        canvas.path([(x - half, y), (x + half, y)], mix(water, colour, 0.75 - depth * 0.5), width=2 + depth * 2.5)


def shelf(canvas: Canvas, *, seed: int, marked: int) -> None:
    """Books on a board; one of them has the accent's colour, the last leans."""
    tones = canvas.palette
    x, floor_y, index = 170.0, 690.0, 0
    while x < 1330:
        width, height = 40 + chance(seed + index) * 52, 330 + chance(seed * 2 + index) * 190
        spine = tones.deep if index == marked else mix(tones.panel, tones.muted, chance(seed * 3 + index) * 0.55)
        canvas.box((x, floor_y - height), (width, height), fill=spine, radius=4)
        band = mix(spine, tones.ink, 0.35)
        for offset in (44, 56):
            canvas.path(
                [(x + 8, floor_y - height + offset), (x + width - 8, floor_y - height + offset)],
                band,
                width=2,
            )
        canvas.path([(x + 8, floor_y - 36), (x + width - 8, floor_y - 36)], band, width=2)
        x, index = x + width + 5, index + 1
    lean = [(x + 18, floor_y), (x + 72, floor_y), (x - 8 + 54, floor_y - 396), (x - 8, floor_y - 388)]
    canvas.shape(lean, mix(tones.panel, tones.muted, 0.4))
    canvas.path([(120, floor_y + 4), (1480, floor_y + 4)], tones.line, width=8)
