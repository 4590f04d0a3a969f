"""Boris's portrait and covers: cold air, ridges, one lit window."""

from dev.pictures.canvas import Canvas
from dev.pictures.nature import chance, ridge, shelf, stars
from dev.pictures.palette import BORIS, mix


def portrait() -> Canvas:
    canvas = Canvas(BORIS, width=1200, height=1200)
    canvas.gradient(BORIS.sky, bottom=900)
    canvas.shape(ridge(canvas, base=860, height=420, seed=9, peaks=3), "#4c8f89")
    canvas.shape(ridge(canvas, base=1010, height=330, seed=26, peaks=4), "#24565a")
    skin, beard, cap, coat = "#dfb596", "#4a352b", BORIS.deep, "#14282d"
    canvas.box((545, 740), (110, 200), fill=mix(skin, beard, 0.3), radius=40)
    canvas.box((478, 430), (244, 380), fill=skin, radius=118)
    left = [(478, 575), (500, 660), (548, 682), (600, 668)]
    right = [(1200 - x, y) for x, y in reversed(left[:-1])]
    canvas.shape([*left, *right, (724, 740), (690, 835), (600, 880), (510, 835), (476, 740)], beard)
    canvas.box((560, 722), (80, 12), fill=mix(beard, "#000000", 0.4), radius=6)
    canvas.box((456, 350), (288, 210), fill=cap, radius=130)
    canvas.box((446, 496), (308, 78), fill=mix(cap, BORIS.ink, 0.2), radius=30)
    canvas.box((240, 890), (720, 520), fill=coat, radius=210)
    canvas.box((490, 862), (220, 92), fill=mix(coat, BORIS.accent, 0.28), radius=44)
    canvas.path([(600, 950), (600, 1200)], mix(coat, BORIS.accent, 0.5), width=6)
    return canvas


def ridges() -> Canvas:
    canvas = Canvas(BORIS)
    canvas.gradient(BORIS.sky, bottom=680)
    canvas.glow((1290, 190), 460, "#e3f4ea", strength=0.5)
    canvas.circle((1290, 190), 60, fill="#e9f6ee")
    layers = (
        (600, 340, 3, "#79b3a9"),
        (690, 320, 14, "#4b8d88"),
        (780, 290, 27, "#2a666a"),
        (860, 250, 41, "#17444b"),
    )
    for base, height, seed, colour in layers:
        canvas.shape(ridge(canvas, base=base, height=height, seed=seed), colour)
    canvas.shape(ridge(canvas, base=930, height=170, seed=58), "#0e2a31")
    return canvas


def night_window() -> Canvas:
    """A block of flats at three in the morning; one window is lit."""
    canvas = Canvas(BORIS)
    canvas.gradient((BORIS.sky[0], "#12303a"))
    stars(canvas, below=620, count=150, colour=BORIS.ink)
    canvas.circle((330, 210), 52, fill="#dfeee9")
    canvas.circle((352, 196), 48, fill="#0e1f27")
    wall = "#173038"
    canvas.box((720, 170), (640, 800), fill=wall, radius=0)
    for floor in range(9):
        canvas.path([(720, 246 + floor * 78), (1360, 246 + floor * 78)], mix(wall, "#000000", 0.22), width=2)
        for column in range(9):
            glass = (
                BORIS.accent
                if (floor, column) == (3, 5)
                else mix(wall, "#0a161b", 0.55 + 0.2 * chance(floor * 9.1 + column))
            )
            canvas.box((748 + column * 68, 192 + floor * 78), (38, 38), fill=glass, radius=3)
    canvas.glow((748 + 5 * 68 + 19, 192 + 3 * 78 + 19), 150, BORIS.accent, strength=0.35)
    canvas.box((1360, 420), (240, 500), fill="#122830", radius=0)
    canvas.box((0, 620), (520, 300), fill="#112730", radius=0)
    return canvas


def bookshelf() -> Canvas:
    canvas = Canvas(BORIS)
    canvas.glow((1100, 330), 560, "#1f5a58", strength=0.45)
    shelf(canvas, seed=19, marked=11)
    return canvas
