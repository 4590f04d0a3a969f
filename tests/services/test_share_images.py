from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image

from core.share import SHARE_HEIGHT, SHARE_WIDTH, ShareCard
from services.share_images import PillowShareImages


@pytest.fixture
def images() -> Iterator[PillowShareImages]:
    made = PillowShareImages()
    yield made
    made.close()


def card(title: str = "Timeouts", *, site_id: str = "a", accent: str = "#c2410c") -> ShareCard:
    return ShareCard(site_id=site_id, title=title, site="Anna", detail="Anna Lind", accent=accent)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Timeouts, retries and the bill for both",
        "Что я понял за десять лет работы с PostgreSQL: заметки с полей, часть вторая и, надеюсь, последняя",
        "x" * 200,
        "日本語のタイトル 🎉 \u202e\x00 Čtvrtý",
        "слово " * 60,
    ],
)
async def test_any_title_fits(images: PillowShareImages, title: str) -> None:
    drawn = Image.open(BytesIO(await images.draw(card(title))))

    assert drawn.format == "PNG"
    assert drawn.size == (SHARE_WIDTH, SHARE_HEIGHT)
    edge = drawn.convert("RGB").crop((SHARE_WIDTH - 40, 0, SHARE_WIDTH, SHARE_HEIGHT))
    assert len(edge.getcolors() or []) == 1, "something runs over the edge"


async def test_the_same_card_gives_the_same_bytes_and_is_drawn_once(images: PillowShareImages) -> None:
    first = await images.draw(card())

    assert await images.draw(card()) is first
    assert await images.draw(card(site_id="b")) == first
    assert await images.draw(card(accent="#0f766e")) != first
    assert await images.draw(card("Other")) != first


async def test_few_cards_are_kept(images: PillowShareImages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.share_images.KEPT", 1)
    first = await images.draw(card())
    await images.draw(card("Other"))

    again = await images.draw(card())

    assert again == first
    assert again is not first
