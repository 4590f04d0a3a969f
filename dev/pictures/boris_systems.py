"""Boris's diagrams of systems: a packet's way in, a tunnel's headers, two queues, three copies."""

from dev.pictures.canvas import Canvas
from dev.pictures.palette import BORIS, mix


def packet_path() -> Canvas:
    canvas = Canvas(BORIS)
    stages = (
        ("сетевая карта", "DMA в кольцо", "rx_missed"), ("NAPI, softirq", "net_rx_action", "time_squeeze"),
        ("GRO", "склейка сегментов", ""), ("Netfilter", "conntrack, nft", "table full"),
        ("TCP", "очередь сокета", "overflow"), ("приложение", "recvmsg()", ""),
    )  # fmt: skip
    for index, (name, what, loss) in enumerate(stages):
        column = index % 3
        x, y = 130 + column * 470, 170 if index < 3 else 520
        last = index == 5
        canvas.box(
            (x, y),
            (370, 150),
            fill=BORIS.deep if last else BORIS.panel,
            outline=None if last else BORIS.line,
            radius=14,
        )
        canvas.text((x + 185, y + 56), name, size=31, weight="SemiBold")
        canvas.text((x + 185, y + 102), what, size=24, colour=BORIS.ink if last else BORIS.muted)
        if column < 2:
            canvas.arrow((x + 378, y + 75), (x + 462, y + 75), BORIS.ink)
        if loss:
            canvas.dashes((x + 185, y + 156), (x + 185, y + 202), BORIS.accent)
            canvas.text((x + 185, y + 226), loss, size=23, colour=BORIS.accent)
    bend = [(1255, 322), (1255, 450), (315, 450), (315, 480)]
    canvas.path(bend, BORIS.ink)
    canvas.arrow((315, 470), (315, 514), BORIS.ink)
    canvas.text((800, 838), "пунктиром — места, где пакет можно потерять молча", size=24, colour=BORIS.muted)
    return canvas


def vxlan() -> Canvas:
    canvas = Canvas(BORIS)
    outer = (("IP", 20, 130), ("UDP", 8, 100), ("VXLAN", 8, 130), ("Ethernet", 14, 160))
    x, y, height = 140.0, 370.0, 150.0
    for name, size, width in outer:
        canvas.box((x, y), (width - 8, height), fill=mix(BORIS.panel, BORIS.deep, 0.9), radius=8)
        canvas.text((x + width / 2 - 4, y + 56), name, size=25, weight="SemiBold")
        canvas.text((x + width / 2 - 4, y + 100), f"{size}", size=24)
        x += width
    canvas.box((x, y), (1460 - x, height), fill=BORIS.panel, outline=BORIS.line, radius=8)
    canvas.text(((x + 1460) / 2, y + 56), "внутренний пакет IP", size=29, weight="SemiBold")
    canvas.text(((x + 1460) / 2, y + 100), "не больше 1450", size=25, colour=BORIS.accent)
    spans = (
        (140.0, 1460.0, 280.0, "MTU внешней сети: 1500", BORIS.muted),
        (140.0, x - 8, 590.0, "50 байт накладных расходов", BORIS.accent),
    )
    for left, right, level, words, tone in spans:
        canvas.path([(left, level), (right, level)], tone, width=2)
        for end in (left, right):
            canvas.path([(end, level - 12), (end, level + 12)], tone, width=2)
        canvas.text(((left + right) / 2, level + (-36 if level < y else 40)), words, size=26, colour=tone)
    return canvas


def backlog() -> Canvas:
    canvas = Canvas(BORIS)
    for x, name, limit, filled in (
        (420, "очередь SYN", "полуоткрытые", 3),
        (850, "очередь accept", "min(backlog, somaxconn)", 6),
    ):
        canvas.text((x + 150, 216), name, size=30, weight="SemiBold")
        for slot in range(6):
            busy = slot < filled
            tone = (BORIS.deep if x > 500 else mix(BORIS.panel, BORIS.muted, 0.45)) if busy else BORIS.panel
            canvas.box((x, 260 + (5 - slot) * 62), (300, 50), fill=tone, outline=BORIS.line, radius=8)
        canvas.text((x + 150, 664), limit, size=23, colour=BORIS.muted)
    for x, name in ((90, "клиент"), (1290, "accept()")):
        canvas.box((x, 390), (220, 110), fill=BORIS.panel, outline=BORIS.line, radius=14)
        canvas.text((x + 110, 445), name, size=28)
    canvas.arrow((312, 420), (416, 420), BORIS.ink)
    canvas.text((364, 386), "SYN", size=24)
    canvas.arrow((722, 445), (846, 445), BORIS.ink)
    canvas.text((784, 411), "ACK", size=24)
    canvas.arrow((1152, 445), (1286, 445), BORIS.ink)
    canvas.dashes((785, 466), (785, 726), BORIS.accent)
    canvas.text((785, 756), "очередь полна: ACK отброшен, клиент об этом не знает", size=26, colour=BORIS.accent)
    return canvas


def _cylinder(canvas: Canvas, x: float, y: float, *, body: str, lid: str) -> None:
    canvas.box((x, y + 28), (230, 190), fill=body, radius=0)
    canvas.ellipse((x, y + 190), (230, 56), fill=body)
    canvas.ellipse((x, y), (230, 56), fill=lid)


def copies() -> Canvas:
    canvas = Canvas(BORIS)
    places = (
        (170, "рабочая база", "диск сервера", "её портит ошибка"),
        (685, "копия рядом", "другой диск, тот же ЦОД", "её губит пожар"),
        (1200, "копия далеко", "другой ЦОД, другой доступ", "сюда не дотянется root"),
    )
    for index, (x, name, where, why) in enumerate(places):
        body = BORIS.deep if index == 2 else mix(BORIS.panel, BORIS.muted, 0.25)
        _cylinder(canvas, x, 220, body=body, lid=mix(body, BORIS.ink, 0.22))
        canvas.text((x + 115, 530), name, size=31, weight="SemiBold")
        canvas.text((x + 115, 580), where, size=24, colour=BORIS.muted)
        canvas.text((x + 115, 640), why, size=25, colour=BORIS.accent)
    for x, words in ((430, "WAL"), (945, "раз в сутки")):
        canvas.arrow((x, 350), (x + 226, 350), BORIS.ink)
        canvas.text((x + 113, 316), words, size=24, colour=BORIS.muted)
    return canvas
