"""Pictures from anywhere, honest and otherwise."""

import asyncio
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from core.errors import Unavailable
from core.media.entities import Picture
from core.media.errors import UnusablePicture
from services.image_kinds import EMPTY, HEIC, NOT_A_PICTURE, PDF, SVG
from services.images import BROKEN, LONGEST_SIDE, TOO_BIG, PillowPictures, _prepared

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
ORIENTATION, MAKER, GPS = 0x0112, 0x010F, 0x8825
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>59,19.7N</exif:GPSLatitude></x:xmpmeta>"
pictures = PillowPictures()


def scene(width: int = 120, height: int = 80) -> Image.Image:
    """Something with edges and many colours."""
    image = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (image, image.rotate(90), image.point(lambda value: 255 - value)))


def photo(width: int, height: int) -> Image.Image:
    """Something that no encoder finds easy."""
    noise = Image.effect_noise((width, height), 40)
    return Image.blend(scene(width, height), Image.merge("RGB", (noise,) * 3), 0.5)


def written(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def seen(picture: Picture) -> Image.Image:
    image = Image.open(BytesIO(picture.content))
    image.load()
    return image


async def refusal(content: bytes) -> str:
    with pytest.raises(UnusablePicture) as refused:
        await pictures.prepare(content)
    (problem,) = refused.value.problems
    assert problem.field == "file"
    return problem.message


@pytest.mark.parametrize("kind", FORMATS)
async def test_every_usual_kind_becomes_webp(kind: str) -> None:
    picture = await pictures.prepare(written(scene(), kind))

    assert (picture.content_type, picture.extension) == ("image/webp", "webp")
    assert (picture.width, picture.height) == (120, 80) == seen(picture).size
    assert seen(picture).format == "WEBP"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "YCbCr", "I;16"])
@pytest.mark.parametrize("kind", FORMATS)
async def test_every_way_to_store_colours(kind: str, mode: str) -> None:
    try:
        content = written(Image.new(mode, (9, 7)), kind)
    except (OSError, ValueError):  # this kind of file has no such colours
        return
    picture = await pictures.prepare(content)

    assert (picture.width, picture.height) == (9, 7)
    assert seen(picture).mode in ("RGB", "RGBA")


async def test_sixteen_bits_keep_their_brightness() -> None:
    picture = await pictures.prepare(written(Image.new("I;16", (8, 8), 40_000), "PNG"))

    assert seen(picture).convert("L").getpixel((4, 4)) == pytest.approx(40_000 / 257, abs=2)


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("WEBP", "RGBA"), ("PNG", "LA"), ("AVIF", "RGBA")])
async def test_what_was_transparent_stays_so(kind: str, mode: str) -> None:
    image = scene().convert(mode)
    image.putalpha(Image.linear_gradient("L").resize(image.size))

    assert seen(await pictures.prepare(written(image, kind))).mode == "RGBA"


async def test_transparency_that_hides_nothing_is_dropped() -> None:
    assert seen(await pictures.prepare(written(scene().convert("RGBA"), "PNG"))).mode == "RGB"


async def test_a_transparent_colour_of_a_palette_stays_transparent() -> None:
    image = Image.new("P", (8, 8), 0)
    picture = await pictures.prepare(written(image, "GIF", transparency=0))

    assert seen(picture).convert("RGBA").getpixel((4, 4))[3] == 0  # type: ignore[index]  # four bands


@pytest.mark.parametrize(("width", "height"), [(4_000, 500), (500, 4_000), (LONGEST_SIDE, 10), (1, 1)])
async def test_no_side_is_too_long(width: int, height: int) -> None:
    picture = await pictures.prepare(written(scene(width, height), "JPEG"))

    assert max(picture.width, picture.height) == min(LONGEST_SIDE, max(width, height))
    assert picture.width / picture.height == pytest.approx(width / height, rel=0.02)


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG", "AVIF"])
async def test_it_stands_upright_and_forgets_who_took_it_where(kind: str) -> None:
    image = Image.new("RGB", (60, 20), "red")
    image.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Hidden Camera"
    exif.get_ifd(GPS).update({1: "N", 2: (59.0, 19.0, 46.0), 29: "2026:05:04"})
    content = written(image.resize((1_800, 600)), kind, exif=exif, **({"xmp": XMP} if kind != "PNG" else {}))
    assert b"2026:05:04" in content
    picture = await pictures.prepare(content)

    assert (picture.width, picture.height) == (600, 1_800)
    assert {part.extension for part in picture.parts} >= {"webp", "jpg"}
    for part in picture.parts:
        red, _, blue = seen(part).convert("RGB").getpixel((part.width // 2, 5))  # type: ignore[misc]  # three bands
        assert blue > red, "what was left is at the top"
        assert not any(trace in part.content for trace in (b"Hidden", b"2026:05:04", b"GPS", b"Exif", b"xmpmeta"))
        assert dict(seen(part).getexif()) == {}
        assert not {"exif", "xmp", "icc_profile"} & set(seen(part).info)


async def test_comments_are_forgotten() -> None:
    for content in (written(scene(), "JPEG", comment=b"Hidden"), written(scene(), "GIF", comment=b"Hidden")):
        assert b"Hidden" not in (await pictures.prepare(content)).content


async def test_other_colour_spaces_become_srgb() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = srgb.replace(b"rXYZ", b"????").replace(b"gXYZ", b"rXYZ").replace(b"????", b"gXYZ")
    image = Image.new("RGB", (16, 16), (250, 10, 10))

    for mode in ("RGB", "RGBA"):
        picture = await pictures.prepare(written(image.convert(mode), "PNG", icc_profile=swapped))
        red, green, _ = seen(picture).convert("RGB").getpixel((8, 8))  # type: ignore[misc]  # three bands
        assert green > 200 > 100 > red, "what this profile calls red is green"


@pytest.mark.parametrize("kind", ["RGB", "L", "CMYK"])
async def test_a_profile_that_fits_nothing_is_ignored(kind: str) -> None:
    plain = await pictures.prepare(written(scene().convert(kind), "JPEG"))
    unfit = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()

    for profile in (b"no profile at all", unfit):
        content = written(scene().convert(kind), "JPEG", icc_profile=profile)
        assert (await pictures.prepare(content)).content == plain.content


async def test_drawings_of_few_colours_lose_nothing() -> None:
    drawing = Image.new("RGB", (300, 200), "white")
    for number in range(20):
        drawing.paste((number * 12, 40, 90), (number * 10, 20, number * 10 + 7, 180))
    picture = await pictures.prepare(written(drawing.quantize(32), "PNG"))

    assert seen(picture).convert("RGB").tobytes() == drawing.tobytes()


async def test_of_an_animation_the_first_frame_stays() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        picture = await pictures.prepare(written(frames[0], kind, save_all=True, append_images=frames[1:]))
        red, _, blue = seen(picture).convert("RGB").getpixel((4, 4))  # type: ignore[misc]  # three bands
        assert red > blue
        assert all(getattr(seen(part), "n_frames", 1) == 1 for part in picture.parts)
        assert picture.was_animated
    assert not (await pictures.prepare(written(frames[0], "GIF"))).was_animated


@pytest.mark.parametrize(
    "content",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04",
        b"\x00" * 100,
        b"GIF",
        b"\xef\xbb\xbfRIFF",
        b"BM" + b"\x00" * 100,
        b"II*\x00" + b"\x00" * 100,
        b"\x00\x00\x00\x1cftypisom" + b"\x00" * 100,
        b"\x1f\x8b\x08\x00",
    ],
)
async def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert await refusal(content) == NOT_A_PICTURE


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", SVG),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg:SVG\n width='1'>", SVG),
        (b"<svg><rect width='1' height='1'/></svg>", SVG),
        (b"\x00\x00\x00\x1cftypheic" + b"\x00" * 100, HEIC),
        (b"\x00\x00\x00\x1cftypmif1" + b"\x00" * 100, HEIC),
        (b"%PDF-1.7", PDF),
        (b"\n\n%PDF-1.4", PDF),
    ],
)
async def test_what_people_often_bring_is_refused_with_what_to_do_instead(content: bytes, reason: str) -> None:
    assert await refusal(content) == reason


async def test_other_kinds_of_pictures_are_refused() -> None:
    for kind in ("BMP", "TIFF", "ICO", "PPM"):
        assert await refusal(written(scene(), kind)) == NOT_A_PICTURE


async def test_an_empty_file_is_refused() -> None:
    assert await refusal(b"") == EMPTY


@pytest.mark.parametrize("kind", FORMATS)
async def test_a_cut_off_picture_is_refused(kind: str) -> None:
    content = written(scene(600, 400), kind)

    for part in (12, 20, 40, len(content) // 2):
        assert await refusal(content[:part]) == BROKEN


@pytest.mark.parametrize(
    "content",
    [b"GIF89a/*" + b"<script>alert(1)</script>" * 9, b"\xff\xd8\xff/*<script>*/", b"RIFF\x00\x00\x00\x00WEBP<svg>"],
)
async def test_a_page_with_the_head_of_a_picture_is_refused(content: bytes) -> None:
    assert await refusal(content) == BROKEN


PAYLOAD = b"PK\x03\x04<script>alert(1)</script><?php system('id'); ?>"


@pytest.mark.parametrize("kind", FORMATS)
async def test_what_hangs_on_behind_is_left_behind(kind: str) -> None:
    picture = await pictures.prepare(written(scene(600, 400), kind) + PAYLOAD)

    assert not any(trace in part.content for part in picture.parts for trace in (b"script", b"php", b"PK\x03\x04"))


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("JPEG", {"comment": PAYLOAD}),
        ("JPEG", {"exif": b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00" + PAYLOAD}),
        ("JPEG", {"icc_profile": PAYLOAD}),
        ("GIF", {"comment": PAYLOAD}),
        ("PNG", {"icc_profile": PAYLOAD}),
        ("WEBP", {"xmp": PAYLOAD}),
        ("AVIF", {"xmp": PAYLOAD}),
    ],
)
async def test_what_hides_within_is_left_behind(kind: str, where: dict[str, bytes]) -> None:
    picture = await pictures.prepare(written(scene(600, 400), kind, **where))

    assert not any(trace in part.content for part in picture.parts for trace in (b"script", b"php", b"PK\x03\x04"))


def sizes(picture: Picture, extension: str) -> list[int]:
    return [variant.width for variant in picture.variants if variant.extension == extension]


async def test_a_photo_comes_in_all_sizes() -> None:
    picture = await pictures.prepare(written(photo(2_000, 500), "JPEG"))

    assert (picture.width, picture.height) == (2_000, 500)
    assert sizes(picture, "webp") == sizes(picture, "avif") == [1_600, 960, 480]
    assert sizes(picture, "jpg") == [1_600]
    for part in picture.parts:
        assert seen(part).size == (part.width, part.height) == (part.width, part.width // 4)
        assert seen(part).format == {"jpg": "JPEG"}.get(part.extension, part.extension.upper())
        assert part.content_type == {"jpg": "image/jpeg"}.get(part.extension, f"image/{part.extension}")


async def test_sizes_are_smaller_than_the_picture_and_avif_goes_up_to_its_own() -> None:
    picture = await pictures.prepare(written(photo(960, 300), "JPEG"))

    assert (sizes(picture, "webp"), sizes(picture, "jpg")) == ([480], [960])
    assert sizes(picture, "avif")[0] == 960


async def test_avif_is_left_out_where_it_is_no_smaller() -> None:
    drawing = Image.new("RGB", (1_000, 600), "white")
    drawing.paste((20, 40, 90), (100, 100, 110, 500))
    picture = await pictures.prepare(written(drawing, "PNG"))

    assert (sizes(picture, "avif"), sizes(picture, "webp")) == ([], [960, 480])


async def test_every_avif_is_smaller_than_the_webp_of_its_width() -> None:
    picture = await pictures.prepare(written(scene(1_000, 600), "PNG"))
    webps = {part.width: len(part.content) for part in picture.parts if part.extension == "webp"}

    assert sizes(picture, "avif")
    for variant in picture.variants:
        assert variant.extension != "avif" or len(variant.content) < webps[variant.width]


async def test_a_transparent_picture_stays_so_in_all_sizes_and_has_no_colour() -> None:
    image = scene(600, 400).convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    picture = await pictures.prepare(written(image, "PNG"))

    assert (sizes(picture, "png"), sizes(picture, "jpg"), picture.colour) == ([600], [], "")
    assert {seen(part).mode for part in picture.parts} == {"RGBA"}


async def test_the_colour_is_the_average() -> None:
    image = Image.new("RGB", (60, 20), "#004080")
    image.paste("#fec080", (30, 0, 60, 20))

    assert (await pictures.prepare(written(image, "PNG"))).colour == "#7f8080"


async def test_a_dot_has_what_browsers_without_webp_need() -> None:
    picture = await pictures.prepare(written(Image.new("RGB", (1, 1), "red"), "PNG"))

    assert ([variant.extension for variant in picture.variants], picture.colour) == (["jpg"], "#ff0000")


def bomb(width: int, height: int) -> bytes:
    """A PNG whose head promises more than there is memory for; its body would be small."""
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1_000_000), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big") for kind, body in chunks
    )


@pytest.mark.parametrize("size", [(8_000, 6_251), (10_000, 10_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1)])
async def test_a_bomb_is_refused_by_its_head(size: tuple[int, int]) -> None:
    assert await refusal(bomb(*size)) == TOO_BIG


@settings(max_examples=60, deadline=None)
@given(kind=st.sampled_from(FORMATS), damage=st.dictionaries(st.floats(0, 1, exclude_max=True), st.integers(0, 255)))
def test_damage_anywhere_is_refused_or_harmless(kind: str, damage: dict[float, int]) -> None:
    content = bytearray(written(scene(), kind))
    for place, byte in damage.items():
        content[int(place * len(content))] = byte
    try:
        picture = _prepared(bytes(content))
    except UnusablePicture:
        return
    assert seen(picture).size == (picture.width, picture.height)


async def test_too_many_pictures_at_once_are_refused() -> None:
    crowded, content = PillowPictures(), written(scene(900, 600), "PNG")

    answers = await asyncio.gather(*(crowded.prepare(content) for _ in range(9)), return_exceptions=True)

    assert 1 <= sum(isinstance(answer, Unavailable) for answer in answers) <= 4
    crowded.close()


async def test_the_demo_sites_pictures_go_through() -> None:
    found = sorted((Path(__file__).parents[2] / "tenants").glob("*/content/media/*.webp"))[:3]

    for path in found:
        assert (await pictures.prepare(path.read_bytes())).width > 100
    assert len(found) == 3
