"""What an entry says of its objects, and which of them an address gets."""

import re
from dataclasses import replace

import pytest

from core.markdown import Variant
from core.media.entities import (
    MediaFile,
    MediaKey,
    MediaVariant,
    Picture,
    digest_of,
    key_of,
    new_media_key,
)
from core.media.shown import shown_picture
from tests.core.makers import picture

HEX = "0123456789abcdef" * 2
KEY = MediaKey(f"{HEX}.webp")


def part(width: int, extension: str, size: int = 1) -> Picture:
    return Picture(
        content=b"x" * size, content_type=f"image/{extension}", extension=extension, width=width, height=width // 2
    )


def entry(*, size: int = 10, colour: str = "") -> MediaFile:
    variants = tuple(
        MediaVariant(
            key=MediaKey(f"{HEX}-{width}w.{extension}"), content_type=f"image/{extension}", width=width, size=3
        )
        for width, extension in ((960, "webp"), (480, "webp"), (960, "avif"), (1200, "jpg"))
    )
    return replace(picture(KEY), width=1200, height=600, size=size, colour=colour, variants=variants)


def replaced(media: MediaFile) -> MediaFile:
    new = replace(part(2000, "webp", 9), variants=(part(480, "webp"), part(1600, "avif"), part(1600, "jpg")))
    return media.replaced(new, filename="new.png", source_digest=digest_of(b"new"))


def sent(media: MediaFile, name: str) -> tuple[str, bool] | None:
    found = media.rendition(name)
    return (found.key, found.is_lasting) if found else None


def test_a_key_is_unguessable() -> None:
    assert re.fullmatch(r"[0-9a-f]{32}\.webp", new_media_key("webp"))
    assert new_media_key("webp") != new_media_key("webp")


@pytest.mark.parametrize(
    "suffix", [".webp", "-480w.webp", "-480w.avif", "-1600w.jpg", "-1600w.png", "-480wr01234567.avif"]
)
def test_every_address_of_a_picture_leads_to_its_entry(suffix: str) -> None:
    assert key_of(HEX + suffix) == KEY


@pytest.mark.parametrize("name", ["", "x", HEX, f"{HEX}.exe", f"{HEX}-w.webp", f"{HEX}-480w.webp\n", f"../{HEX}.webp"])
def test_other_names_are_nobodys(name: str) -> None:
    assert key_of(name) == name


def test_the_address_in_texts_may_change_and_those_of_sizes_never_do() -> None:
    media = entry()

    assert sent(media, KEY) == (KEY, False)
    assert sent(media, f"{HEX}-1200w.webp") == (KEY, True)
    for variant in media.variants:
        assert sent(media, variant.key) == (variant.key, True)
    tags = {found.tag for name in media.objects if (found := media.rendition(name))}
    assert len(tags) == len(media.objects)


@pytest.mark.parametrize("name", [f"{HEX}-481w.webp", f"{HEX}-480w.avif", f"{HEX}-480wr01234567.webp", "nonsense"])
def test_an_address_that_never_was_gets_nothing(name: str) -> None:
    assert entry().rendition(name) is None


def test_it_knows_all_its_objects_and_what_they_take() -> None:
    media = entry(size=10)

    assert media.objects == (KEY, *(variant.key for variant in media.variants))
    assert media.stored_size == 10 + 4 * 3


def test_another_picture_gets_other_objects_under_the_same_address() -> None:
    before = entry()
    after = replaced(before)

    assert (after.key, after.width, after.filename) == (KEY, 2000, "new.png")
    assert (after.size, after.digest, after.source_digest) == (9, digest_of(b"x" * 9), digest_of(b"new"))
    assert re.fullmatch(rf"{HEX}-2000wr[0-9a-f]{{8}}\.webp", after.stored_key)
    assert sent(after, KEY) == (after.stored_key, False)
    assert sent(after, after.stored_key) == (after.stored_key, True)
    for variant in after.variants:
        assert sent(after, variant.key) == (variant.key, True)


def test_the_addresses_of_the_picture_before_get_the_new_one_in_the_nearest_size() -> None:
    after = replaced(entry())
    small, avif, jpg = after.variants

    assert sent(after, f"{HEX}-480w.webp") == (small.key, False)
    assert sent(after, f"{HEX}-960w.webp") == (small.key, False)
    assert sent(after, f"{HEX}-3200w.webp") == (after.stored_key, False)
    assert sent(after, f"{HEX}-960w.avif") == (avif.key, False)
    assert sent(after, f"{HEX}-1200w.jpg") == (jpg.key, False)
    assert sent(after, f"{HEX}-1200w.png") == (after.stored_key, False)
    assert after.rendition(f"{'f' * 32}.webp") is None
    assert after.rendition("nonsense") is None


@pytest.mark.parametrize(("width", "name"), [(1, "-480w"), (480, "-480w"), (481, "-960w"), (961, "-1200w")])
def test_the_smallest_size_that_is_wide_enough(width: int, name: str) -> None:
    assert entry().key_at(width) == f"{HEX}{name}.webp"


def test_pages_are_told_of_all_sizes_by_lasting_addresses() -> None:
    shown = shown_picture(entry(colour="#c0ffee"))

    assert (shown.width, shown.height, shown.colour) == (1200, 600, "#c0ffee")
    assert shown.variants[0] == Variant(key=f"{HEX}-1200w.webp", content_type="image/webp", width=1200)
    assert {(variant.width, variant.content_type) for variant in shown.variants[1:]} == {
        (960, "image/webp"),
        (480, "image/webp"),
        (960, "image/avif"),
        (1200, "image/jpg"),
    }


def test_a_picture_of_before_there_were_sizes_has_its_address_alone() -> None:
    shown = shown_picture(replace(entry(), variants=()))

    assert (shown.width, shown.colour, shown.variants) == (1200, "", ())
