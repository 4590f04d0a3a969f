"""Boris's charts: a route, a throttled process, a queue that grows, a rollout."""

from dev.pictures.canvas import Canvas, Point
from dev.pictures.palette import BORIS, mix


def route() -> Canvas:
    """The profile of four days above Bezengi: kilometres across, metres up; names stand off the line."""
    canvas = Canvas(BORIS)
    left, base, per_km, per_m = 170.0, 740.0, 26.0, 0.3
    marks = (
        (0, 2180, "лагерь", -16, -44, "rm"), (7, 2480, "", 0, 0, ""), (13, 2900, "ночёвка 1", -24, -34, "rm"),
        (18, 3420, "перевал", 0, -66, "mm"), (23, 2760, "ночёвка 2", 0, 40, "mm"), (28, 3050, "", 0, 0, ""),
        (33, 3560, "перевал", 0, -66, "mm"), (39, 2820, "ночёвка 3", 26, -40, "lm"), (44, 2500, "", 0, 0, ""),
        (48, 2180, "лагерь", 18, -44, "lm"),
    )  # fmt: skip
    line: list[Point] = [(left + mark[0] * per_km, base - (mark[1] - 1900) * per_m) for mark in marks]
    canvas.shape([*line, (line[-1][0], base), (left, base)], mix(BORIS.panel, BORIS.deep, 0.45))
    canvas.path(line, BORIS.accent, width=5)
    for (_, height, name, dx, dy, anchor), (x, y) in zip(marks, line, strict=True):
        if name:
            canvas.circle((x, y), 9, fill=BORIS.top, outline=BORIS.accent)
            canvas.text((x + dx, y + dy), name, size=25, anchor=anchor)
            canvas.text((x + dx, y + dy + 30), f"{height} м", size=22, colour=BORIS.muted, anchor=anchor)
    canvas.path([(left, base + 2), (line[-1][0], base + 2)], BORIS.line)
    for km in range(0, 49, 12):
        canvas.text((left + km * per_km, base + 38), f"{km} км", size=24, colour=BORIS.muted)
    return canvas


def throttling() -> Canvas:
    canvas = Canvas(BORIS)
    left, top, per_ms = 240.0, 200.0, 4.2
    canvas.text((left, 120), "cpu.max = 100000 100000, четыре потока", size=30, weight="SemiBold", anchor="lm")
    for thread in range(4):
        y = top + thread * 104
        canvas.text((left - 28, y + 34), f"поток {thread + 1}", size=24, colour=BORIS.muted, anchor="rm")
        for period in range(3):
            start = left + period * 100 * per_ms
            canvas.box((start, y), (25 * per_ms - 4, 68), fill=BORIS.accent, radius=6)
            canvas.box(
                (start + 25 * per_ms, y),
                (75 * per_ms - 6, 68),
                fill=BORIS.panel,
                outline=BORIS.line,
                radius=6,
            )
            if thread == 1:
                canvas.text((start + 62 * per_ms, y + 34), "ждут квоты", size=24, colour=BORIS.muted)
    for period in range(4):
        x = left + period * 100 * per_ms - 2
        canvas.dashes((x, top - 24), (x, 640), mix(BORIS.line, BORIS.muted, 0.5))
        canvas.text((x, 672), f"{period * 100} мс", size=24, colour=BORIS.muted)
    canvas.text(
        (left, 770),
        "в среднем занято одно ядро, а ответ задерживается на 75 мс",
        size=26,
        colour=BORIS.accent,
        anchor="lm",
    )
    return canvas


def utilisation() -> Canvas:
    """Time in an M/M/1 system in units of service time: 1 / (1 - utilisation)."""
    canvas = Canvas(BORIS)
    left, base, width, per_unit = 200.0, 720.0, 1220.0, 27.0
    for units in (5, 10, 20):
        y = base - units * per_unit
        canvas.path([(left, y), (left + width, y)], BORIS.line, width=2)
        canvas.text((left - 24, y), f"×{units}", size=24, colour=BORIS.muted, anchor="rm")
    curve = [(left + share / 100 * width, base - per_unit / (1 - share / 100)) for share in range(96)]
    canvas.path(curve, BORIS.accent, width=6)
    canvas.path([(left, base), (left + width, base)], BORIS.muted)
    for share, words in ((50, "×2"), (80, "×5"), (90, "×10"), (95, "×20")):
        x, y = left + share / 100 * width, base - per_unit / (1 - share / 100)
        canvas.circle((x, y), 10, fill=BORIS.top, outline=BORIS.accent)
        canvas.text((x - 22, y - 26), words, size=28, weight="SemiBold", anchor="rm")
    for share in (0, 25, 50, 80, 95):
        canvas.text((left + share / 100 * width, base + 38), f"{share} %", size=24, colour=BORIS.muted)
    canvas.text((left, 806), "загрузка", size=24, colour=BORIS.muted, anchor="lm")
    canvas.text(
        (left, 110),
        "время ответа, во сколько раз дольше обслуживания",
        size=26,
        colour=BORIS.muted,
        anchor="lm",
    )
    return canvas


def rollout() -> Canvas:
    canvas = Canvas(BORIS)
    steps = (("1 узел", 1), ("10 %", 2), ("половина", 10), ("все", 20))
    for index, (name, fresh) in enumerate(steps):
        x = 150 + index * 345
        for node in range(20):
            tone = BORIS.accent if node < fresh else mix(BORIS.panel, BORIS.muted, 0.2)
            canvas.box((x + node % 4 * 62, 230 + node // 4 * 72), (48, 56), fill=tone, radius=8)
        canvas.text((x + 117, 640), name, size=30, weight="SemiBold")
        if index < 3:
            canvas.arrow((x + 262, 402), (x + 326, 402), BORIS.muted)
    for index, pause in enumerate(("10 минут", "30 минут", "час")):
        canvas.text((150 + index * 345 + 294, 366), pause, size=19, colour=BORIS.muted)
    canvas.text(
        (800, 760),
        "на каждом шаге — стоп, если ошибок больше, чем у старой версии",
        size=26,
        colour=BORIS.muted,
    )
    return canvas
