"""The two sites' colours: one accent each, on a calm dark ground that also sits well on a light page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    top: str
    bottom: str
    panel: str
    line: str
    muted: str
    ink: str
    accent: str
    deep: str
    sky: tuple[str, ...]


ANNA = Palette(
    top="#1d1b22",
    bottom="#241f24",
    panel="#2c262b",
    line="#463d42",
    muted="#b0a59f",
    ink="#f6eee5",
    accent="#f08a54",
    deep="#c2410c",
    sky=("#2b2431", "#5b3440", "#b4573d", "#f0a868"),
)

BORIS = Palette(
    top="#101a1e",
    bottom="#132428",
    panel="#1a2d31",
    line="#34494c",
    muted="#9db1af",
    ink="#e9f2f0",
    accent="#45c9b8",
    deep="#0f766e",
    sky=("#0d1b22", "#12343a", "#2a6a68", "#9fcfc2"),
)


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` of the way from the first to the second."""
    pairs = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
