"""Anna's diagrams and charts."""

from math import exp, log, pi, sqrt

from dev.pictures.canvas import Canvas
from dev.pictures.nature import chance
from dev.pictures.palette import ANNA, mix


def mvcc() -> Canvas:
    canvas = Canvas(ANNA)
    versions = (
        (150, 640, 190, "balance 100", "xmin 90, xmax 104"),
        (640, 1060, 350, "balance 80", "xmin 104, xmax 109"),
    )
    for left, right, y, value, hidden in (*versions, (1060, 1500, 510, "balance 120", "xmin 109, xmax 0")):
        live = right == 1500
        canvas.box(
            (left, y),
            (right - left, 84),
            fill=ANNA.deep if live else ANNA.panel,
            outline=None if live else ANNA.line,
        )
        canvas.text((left + 28, y + 42), value, size=30, weight="SemiBold", anchor="lm")
        canvas.text((left, y - 24), hidden, size=23, colour=ANNA.muted, anchor="lm")
    for x, y, name in ((520, 232, "snapshot A"), (930, 392, "snapshot B"), (1380, 552, "snapshot C")):
        canvas.dashes((x, 120), (x, 700), mix(ANNA.line, ANNA.muted, 0.5))
        canvas.circle((x, y), 15, fill=ANNA.top, outline=ANNA.accent)
        canvas.circle((x, y), 7, fill=ANNA.accent)
        canvas.text((x, 90), name, size=26, colour=ANNA.accent)
    canvas.arrow((150, 730), (1500, 730), ANNA.muted)
    for x, label in ((640, "transaction 104 commits"), (1060, "transaction 109 commits")):
        canvas.path([(x, 720), (x, 740)], ANNA.muted)
        canvas.text((x, 774), label, size=24, colour=ANNA.muted)
    canvas.text((1500, 774), "time", size=24, colour=ANNA.muted, anchor="rm")
    return canvas


def _lognormal(x: float, median: float, sigma: float) -> float:
    return exp(-((log(x / median) / sigma) ** 2) / 2) / (x * sigma * sqrt(2 * pi))


def latency() -> Canvas:
    """96 % of the requests around 40 ms, 4 % around 420: the shape that a pause makes."""
    canvas = Canvas(ANNA)
    left, base, per_ms, bin_ms = 130, 720, 2.2, 8
    weights = [
        0.96 * _lognormal(ms + 4, 40, 0.42) + 0.04 * _lognormal(ms + 4, 420, 0.12) for ms in range(0, 610, bin_ms)
    ]
    tallest = max(weights)
    for index, weight in enumerate(weights):
        height = max(2.0, weight / tallest * 520)
        tone = ANNA.accent if index * bin_ms >= 280 else mix(ANNA.panel, ANNA.muted, 0.55)
        canvas.box(
            (left + index * bin_ms * per_ms, base - height),
            (bin_ms * per_ms - 4, height),
            fill=tone,
            radius=2,
        )
    canvas.path([(left, base + 2), (left + 610 * per_ms, base + 2)], ANNA.line)
    for ms in range(0, 601, 100):
        canvas.text((left + ms * per_ms, base + 36), f"{ms} ms", size=24, colour=ANNA.muted)
    for ms, top, words in ((41, 130, "median 41 ms"), (59, 200, "mean 59 ms"), (455, 400, "p99 455 ms")):
        x = left + ms * per_ms
        canvas.dashes((x, top), (x, base), ANNA.ink)
        canvas.text((x + 16, top + 4), words, size=28, anchor="lm")
    canvas.text((left, 800), "requests by duration", size=24, colour=ANNA.muted, anchor="lm")
    return canvas


def queue() -> Canvas:
    canvas = Canvas(ANNA)
    canvas.text((470, 96), "jobs", size=30, weight="SemiBold")
    taken = {0: 0, 1: 1, 3: 2}
    for row in range(8):
        y = 140 + row * 82
        held = row in taken
        done = row == 2
        canvas.box(
            (250, y),
            (440, 62),
            fill=mix(ANNA.panel, ANNA.deep, 0.75) if held else ANNA.panel,
            outline=ANNA.line,
        )
        tone = ANNA.ink if held else mix(ANNA.panel, ANNA.muted, 0.4 if done else 1)
        state = "locked" if held else "done" if done else "waiting"
        canvas.text((278, y + 31), f"#{4101 + row}", size=26, colour=tone, anchor="lm")
        canvas.text((662, y + 31), state, size=24, colour=tone, anchor="rm")
    for worker, row in enumerate((0, 1, 3)):
        y = 200 + worker * 210
        canvas.box((1080, y), (280, 100), outline=ANNA.accent)
        canvas.text((1220, y + 50), f"worker {worker + 1}", size=28)
        canvas.arrow((1080, y + 50), (700, 171 + row * 82), ANNA.accent)
    canvas.text((1220, 800), "SKIP LOCKED: nobody waits for anybody", size=26, colour=ANNA.muted)
    return canvas


def outbox() -> Canvas:
    canvas = Canvas(ANNA)
    canvas.box((330, 210), (440, 440), outline=ANNA.accent, radius=22)
    canvas.text((550, 172), "one transaction", size=28, colour=ANNA.accent)
    for y, words, hint in ((260, "orders", "the fact"), (460, "outbox", "the promise to tell")):
        canvas.box((380, y), (340, 140), fill=ANNA.panel, outline=ANNA.line)
        canvas.text((550, y + 54), words, size=32, weight="SemiBold")
        canvas.text((550, y + 98), hint, size=23, colour=ANNA.muted)
    for x, y, words in (
        (70, 375, "request"),
        (880, 475, "relay"),
        (1115, 475, "broker"),
        (1350, 475, "consumer"),
    ):
        canvas.box((x, y), (180, 110), fill=ANNA.panel, outline=ANNA.line)
        canvas.text((x + 90, y + 55), words, size=28)
    for start, end, y in ((252, 326, 430), (724, 874, 530), (1064, 1109, 530), (1299, 1344, 530)):
        canvas.arrow((start, y), (end, y), ANNA.ink)
    canvas.text((1205, 660), "at least once", size=28, colour=ANNA.accent)
    canvas.text((1205, 704), "so consumers remember what they have seen", size=24, colour=ANNA.muted)
    return canvas


def _retry_bins(*, jitter: bool) -> list[int]:
    bins = [0] * 100
    for client in range(600):
        at = 0.0
        for attempt in range(4):
            ceiling = float(2**attempt)
            at += ceiling * chance(client * 13.7 + attempt * 71.3) if jitter else ceiling
            bins[min(99, int(at * 6))] += 1
    return bins


def retries() -> Canvas:
    canvas = Canvas(ANNA)
    left, step = 140, 13.2
    for base, jitter, top, words in (
        (440, False, 150, "exponential backoff"),
        (730, True, 560, "the same with full jitter"),
    ):
        tone = ANNA.accent if jitter else mix(ANNA.panel, ANNA.muted, 0.7)
        for index, count in enumerate(_retry_bins(jitter=jitter)):
            if count:
                height = count * 0.36
                canvas.box((left + index * step, base - height), (step - 3, height), fill=tone, radius=2)
        canvas.path([(left, base + 2), (left + 100 * step, base + 2)], ANNA.line)
        canvas.text((left, top), words, size=30, weight="SemiBold", anchor="lm")
    canvas.text((left + 44 * step, 250), "600 at once", size=24, colour=ANNA.muted, anchor="lm")
    for second in range(0, 17, 4):
        canvas.text((left + second * 6 * step + 5, 772), f"{second} s", size=24, colour=ANNA.muted)
    canvas.text((1460, 150), "600 clients, 4 retries each", size=24, colour=ANNA.muted, anchor="rm")
    return canvas


def recovery() -> Canvas:
    canvas = Canvas(ANNA)
    base, left, right = 470, 150, 1450
    canvas.path([(left, base), (right, base)], ANNA.line, width=4)
    for index in range(53):
        x = left + index * 25
        canvas.path([(x, base - 12), (x, base + 12)], mix(ANNA.line, ANNA.muted, 0.5), width=2)
    for x, day in ((200, "Sunday"), (900, "Wednesday")):
        canvas.box((x - 46, base - 46), (92, 92), fill=ANNA.panel, outline=ANNA.muted, radius=14)
        canvas.text((x, base + 88), day, size=24, colour=ANNA.muted)
        canvas.text((x, base), "base", size=24)
    canvas.path([(946, base), (1225, base)], ANNA.accent, width=8)
    canvas.circle((1225, base), 16, fill=ANNA.accent)
    canvas.text((1240, base - 120), "recovery_target_time", size=28, colour=ANNA.accent, anchor="rm")
    canvas.path([(1225, base - 96), (1225, base - 24)], ANNA.accent, width=2)
    canvas.dashes((1350, base - 150), (1350, base + 46), ANNA.ink)
    canvas.text((1350, base - 180), "DROP TABLE", size=26)
    canvas.text((1085, base + 88), "replayed WAL", size=24, colour=ANNA.accent)
    canvas.text((550, base - 60), "archived WAL", size=24, colour=ANNA.muted)
    return canvas
