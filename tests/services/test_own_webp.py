"""What we made once is not made again: every encoding loses something."""

import struct
from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image

from services.images import LONGEST_SIDE, PillowPictures
from services.own_webp import is_lossless, is_plain_webp
from tests.services.test_images import photo, scene, written

pictures = PillowPictures()


def seen_through() -> Image.Image:
    image = scene().convert("RGBA")
    image.putalpha(Image.linear_gradient("L").resize(image.size))
    return image


def drawing() -> Image.Image:
    return Image.new("P", (64, 64), 3).convert("RGB")


def with_maker() -> Image.Exif:
    told = Image.Exif()
    told[0x010F] = "A camera"
    return told


MADE = {
    "photo": written(photo(90, 61), "JPEG"),
    "transparent": written(seen_through(), "PNG"),
    "drawing": written(drawing(), "PNG"),
    "transparent drawing": written(Image.new("RGBA", (33, 17), (9, 8, 7, 90)), "PNG"),
}


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def chunk(name: bytes, data: bytes, pad: bytes = b"\0") -> bytes:
    return name + struct.pack("<I", len(data)) + data + (pad if len(data) % 2 else b"")


@pytest.mark.parametrize("source", MADE.values(), ids=MADE.keys())
async def test_a_picture_of_ours_is_kept_byte_for_byte(source: bytes) -> None:
    ours = await pictures.prepare(source)
    again = await pictures.prepare(ours.content)

    assert again.content == ours.content
    assert (again.width, again.height) == (ours.width, ours.height)
    assert [part.width for part in again.variants if part.extension == "webp"] == [
        part.width for part in ours.variants if part.extension == "webp"
    ]


async def test_its_sizes_are_made_as_they_were() -> None:
    wide = Image.new("P", (700, 500), 3).convert("RGB")
    wide.paste((0, 0, 0), (100, 100, 300, 300))
    ours = await pictures.prepare(written(wide, "PNG"))
    again = await pictures.prepare(ours.content)

    assert is_lossless(ours.content)
    assert [part.content for part in again.variants] == [part.content for part in ours.variants]


LOSSY = written(photo(31, 30), "WEBP", quality=80)
FRAME = LOSSY[12:]
HEADER = struct.pack("<B3x", 0x10) + struct.pack("<I", 30)[:3] + struct.pack("<I", 29)[:3]
OTHERS = {
    "exif": written(scene(), "WEBP", exif=with_maker()),
    "xmp": written(scene(), "WEBP", xmp=b"<x/>"),
    "something behind": LOSSY + b"PK\x03\x04",
    "something behind, counted": riff(FRAME, chunk(b"EVIL", b"<script>")),
    "something before": riff(chunk(b"EVIL", b"<script>"), FRAME),
    "two frames": riff(FRAME, FRAME),
    "flags of metadata": riff(chunk(b"VP8X", b"\x1c" + HEADER[1:]), chunk(b"ALPH", b"\0"), FRAME),
    "words in the header": riff(chunk(b"VP8X", b"\x10abc" + HEADER[4:]), chunk(b"ALPH", b"\0"), FRAME),
    "a longer header": riff(chunk(b"VP8X", HEADER + b"ab"), chunk(b"ALPH", b"\0"), FRAME),
    "a byte hidden in a gap": riff(chunk(b"VP8L", b"/abcd", pad=b"!")),
    "a chunk beyond the end": riff(b"VP8 " + struct.pack("<I", 999) + b"ab"),
    "half a chunk": riff(b"VP8 \x01"),
    "a wrong length": LOSSY[:4] + struct.pack("<I", 5) + LOSSY[8:],
    "nothing": riff(),
    "another kind": written(scene(), "PNG"),
    "no bytes": b"",
}


@pytest.mark.parametrize("content", OTHERS.values(), ids=OTHERS.keys())
def test_whatever_could_hide_something_is_not_taken_for_ours(content: bytes) -> None:
    assert not is_plain_webp(content)


@pytest.mark.parametrize(
    "make",
    [
        lambda: OTHERS["exif"],
        lambda: OTHERS["xmp"],
        lambda: written(scene(LONGEST_SIDE + 1, 9), "WEBP"),
        lambda: written(scene(), "WEBP", icc_profile=b"no profile"),
    ],
    ids=["exif", "xmp", "too wide", "colour profile"],
)
async def test_what_is_not_plain_is_made_anew(make: Callable[[], bytes]) -> None:
    content = make()
    made = await pictures.prepare(content)

    assert made.content != content
    assert is_plain_webp(made.content)
    assert max(made.width, made.height) <= LONGEST_SIDE


async def test_of_what_moves_one_frame_is_left() -> None:
    out = BytesIO()
    scene().save(out, "WEBP", save_all=True, append_images=[scene().rotate(90)])
    made = await pictures.prepare(out.getvalue())

    assert is_plain_webp(made.content)
    assert made.was_animated
