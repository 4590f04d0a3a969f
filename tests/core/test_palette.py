"""Any accent gives readable colours."""

from hypothesis import given
from hypothesis import strategies as st

from core.palette import (
    ACCENT_CONTRAST,
    DARK_BACKGROUND,
    DARK_SURFACE,
    LIGHT_BACKGROUND,
    LIGHT_SURFACE,
    TEXT_CONTRAST,
    contrast,
    palette,
)

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@given(colours)
def test_every_accent_can_be_read_on_every_ground(accent: str) -> None:
    shades = palette(accent)

    for kind, grounds in (
        (shades.dark, (DARK_BACKGROUND, DARK_SURFACE)),
        (shades.light, (LIGHT_BACKGROUND, LIGHT_SURFACE)),
    ):
        assert min(contrast(kind.accent, ground) for ground in grounds) >= ACCENT_CONTRAST
        assert min(contrast(kind.strong, ground) for ground in grounds) >= TEXT_CONTRAST
        assert contrast(kind.on_accent, kind.accent) >= ACCENT_CONTRAST


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert contrast("#777777", "#777777") == 1


def test_a_readable_accent_stays_as_it_is() -> None:
    assert palette("#9a3412").light.accent == "#9a3412"
