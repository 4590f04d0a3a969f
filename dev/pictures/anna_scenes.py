"""Anna's portrait and covers: warm dusk, water, roofs."""

from dev.pictures.canvas import Canvas, Point
from dev.pictures.nature import chance, glints, shelf
from dev.pictures.palette import ANNA, mix

WATER = "#2a2029"


def portrait() -> Canvas:
    canvas = Canvas(ANNA, width=1200, height=1200)
    canvas.gradient(ANNA.sky, bottom=820)
    canvas.gradient((mix(WATER, ANNA.deep, 0.45), WATER), top=820)
    canvas.glow((600, 560), 640, "#ffd9a8", strength=0.55)
    canvas.circle((600, 560), 330, fill="#f6b57c")
    hair, skin, coat = "#2a1c20", "#e9b48f", "#3a2a34"
    canvas.box((420, 360), (360, 470), fill=hair, radius=170)
    canvas.box((420, 600), (360, 230), fill=hair, radius=36)
    canvas.box((545, 700), (110, 230), fill=mix(skin, hair, 0.22), radius=50)
    canvas.box((478, 440), (244, 330), fill=skin, radius=120)
    canvas.shape([(478, 560), (470, 430), (730, 430), (722, 560), (690, 500), (560, 478)], hair)
    canvas.box((250, 880), (700, 520), fill=coat, radius=210)
    canvas.shape([(530, 880), (670, 880), (600, 985)], mix(skin, hair, 0.1))
    canvas.path([(524, 876), (600, 992), (676, 876)], ANNA.deep, width=18)
    return canvas


def _house(canvas: Canvas, x: float, width: float, height: float, index: int) -> None:
    ground = 640.0
    wall = mix("#3a2830", "#6d3d3a", chance(index * 3.3))
    top = ground - height
    canvas.box((x, top), (width, height), fill=wall, radius=0)
    peak = 46 + chance(index * 7.1) * 50
    canvas.shape([(x - 5, top), (x + width / 2, top - peak), (x + width + 5, top)], mix(wall, "#1d1519", 0.5))
    columns, rows = max(2, int(width // 44)), int(height // 74)
    gap = width / columns
    for row in range(rows):
        for column in range(columns):
            lit = chance(index * 17 + row * 5 + column * 3.7) > 0.72
            glass = "#ffc98a" if lit else mix(wall, "#1d1519", 0.45)
            canvas.box((x + gap * (column + 0.5) - 8, top + 26 + row * 70), (16, 28), fill=glass, radius=2)


def row_of_houses() -> Canvas:
    canvas = Canvas(ANNA)
    canvas.gradient(ANNA.sky, bottom=650)
    canvas.glow((1240, 270), 520, "#ffd9a8", strength=0.45)
    canvas.circle((1240, 270), 66, fill="#ffd7a6")
    canvas.gradient((mix(WATER, ANNA.deep, 0.3), WATER), top=640)
    x, index = 60.0, 0
    while x < 1500:
        width = 92 + chance(index * 2.9 + 3) * 76
        if x + width > 1545:
            break
        _house(canvas, x, width, 190 + chance(index * 5.3 + 2) * 170, index)
        x, index = x + width, index + 1
    canvas.box((0, 636), (1600, 16), fill="#1f171c", radius=0)
    glints(canvas, top=660, centre=1240, colour="#ffc98a", water=WATER)
    return canvas


def _island(canvas: Canvas, *, left: float, width: float, shore: float, rise: float, colour: str, seed: int) -> None:
    hump: list[Point] = []
    for step in range(61):
        share = step / 60
        swell = (4 * share * (1 - share)) ** 0.6
        trees = chance(seed + step * 1.7) * 16 * swell if step % 2 else 0.0
        hump.append((left + share * width, shore - rise * swell - trees))
    canvas.shape([(left, shore), *hump, (left + width, shore)], colour)


def _kayak(canvas: Canvas, x: float, y: float) -> None:
    dark = "#1a1318"
    canvas.shape([(x - 120, y), (x - 84, y + 15), (x + 84, y + 15), (x + 120, y - 2), (x, y + 3)], dark)
    canvas.box((x - 15, y - 46), (30, 52), fill=dark, radius=12)
    canvas.circle((x, y - 60), 14, fill=dark)
    canvas.path([(x - 92, y - 62), (x + 86, y - 4)], dark, width=5)
    canvas.ellipse((x - 114, y - 74), (34, 14), fill=dark)
    canvas.ellipse((x + 78, y - 10), (34, 14), fill=dark)


def archipelago() -> Canvas:
    canvas = Canvas(ANNA)
    canvas.gradient(ANNA.sky, bottom=540)
    canvas.glow((560, 500), 620, "#ffe0b4", strength=0.6)
    canvas.circle((560, 478), 78, fill="#ffe2b8")
    canvas.gradient((mix(ANNA.sky[2], WATER, 0.25), mix(ANNA.sky[1], WATER, 0.5), WATER), top=540)
    _island(canvas, left=-120, width=620, shore=544, rise=34, colour="#8a4a42", seed=5)
    _island(canvas, left=760, width=1000, shore=546, rise=52, colour="#7a4140", seed=11)
    glints(canvas, top=552, centre=560, colour="#ffd9a8", water=mix(ANNA.sky[1], WATER, 0.5))
    _island(canvas, left=980, width=860, shore=604, rise=104, colour="#4b2b33", seed=23)
    _island(canvas, left=-260, width=560, shore=640, rise=92, colour="#3c242d", seed=31)
    _kayak(canvas, 700, 716)
    return canvas


def calm_year() -> Canvas:
    """A square for each day of a year of releases; the one that was noticed has the accent's colour."""
    canvas = Canvas(ANNA)
    size, pitch, left, top = 17, 25, 150, 362
    for week in range(52):
        for day in range(7):
            tone = mix(ANNA.panel, ANNA.muted, 0.08 if day > 4 else 0.22 + 0.2 * chance(week * 7.7 + day))
            if (week, day) == (36, 2):
                tone = ANNA.accent
            canvas.box((left + week * pitch, top + day * pitch), (size, size), fill=tone, radius=4)
    x = left + 36 * pitch + size / 2
    canvas.path([(x, top - 16), (x, top - 70)], ANNA.accent, width=2)
    canvas.text((x, top - 98), "the one we noticed", size=26, colour=ANNA.accent)
    canvas.text((left, 600), "51 weeks of nothing to tell", size=26, colour=ANNA.muted, anchor="lm")
    return canvas


def bookshelf() -> Canvas:
    canvas = Canvas(ANNA)
    canvas.glow((420, 330), 560, "#6d4038", strength=0.45)
    shelf(canvas, seed=4, marked=6)
    return canvas
