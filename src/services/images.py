"""Pictures from anywhere become clean WebP."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from core.media.entities import Picture
from core.media.errors import UnusablePicture
from core.text import N_
from services.own_threads import OwnThreads

LONGEST_SIDE = 3_200
MOST_PIXELS = 50_000_000
QUALITY = 82
FEW_COLOURS = 128
SMALL = 4_000_000
_METHOD = 4
_ORIENTATION = 0x0112
_DRAWN = ("PNG", "GIF")
_TROUBLES = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)
"""What the decoders raise for files that are not what they say."""

NOT_A_PICTURE = N_("This is not a picture that can be shown. Use a JPEG, PNG, WebP, GIF or AVIF file.")
BROKEN = N_("The picture is damaged or incomplete. Please export it again and try once more.")
TOO_BIG = N_("The picture has more than %(limit)d million pixels. Please make it smaller.")
EMPTY = N_("The file is empty.")


class PillowPictures:
    """One picture at a time: the largest allowed one takes 300 MB while it is open, 500 MB when it is transparent."""

    def __init__(self) -> None:
        self._threads = OwnThreads("pictures", threads=1, waiting=4)

    async def prepare(self, content: bytes) -> Picture:
        """Raises Unavailable as well, when too many pictures wait."""
        return await self._threads.run(lambda: _prepared(content))

    def close(self) -> None:
        self._threads.close()


def _prepared(content: bytes) -> Picture:
    kind = _kind(content)
    try:
        with _opened(content, kind) as image:
            clean = _upright_and_small(image)
        encoded = _encoded(clean, is_drawn=kind in _DRAWN)
        with Image.open(BytesIO(encoded), formats=("WEBP",)) as check:
            check.load()
            width, height = check.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_big() from None
    except _TROUBLES as trouble:
        raise UnusablePicture(BROKEN) from trouble
    return Picture(content=encoded, content_type="image/webp", extension="webp", width=width, height=height)


def _kind(content: bytes) -> str:
    """What the first bytes say; names and types from outside count for nothing."""
    if not content:
        raise UnusablePicture(EMPTY)
    brand = content[8:12]
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if content.startswith(b"RIFF") and brand == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and brand in (b"avif", b"avis"):
        return "AVIF"
    raise UnusablePicture(NOT_A_PICTURE)


def _opened(content: bytes, kind: str) -> Image.Image:
    image = Image.open(BytesIO(content), formats=(kind,))
    width, height = image.size
    if width * height > MOST_PIXELS:
        image.close()
        raise _too_big()
    image.draft(None, (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded at half or a quarter of its size
    return image


def _upright_and_small(image: Image.Image) -> Image.Image:
    """Plain sRGB pixels of the first frame, turned as the camera was held; all metadata stays behind."""
    orientation = image.getexif().get(_ORIENTATION, 1)
    profile = image.info.get("icc_profile")
    small = _in_bands(image)
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)  # in place: memory for one copy, not two
    if profile:
        small = _converted(small, profile)
    small = small.convert("RGBA" if _is_transparent(small) else "RGB")
    small.info = {}
    if orientation != 1:
        small.getexif()[_ORIENTATION] = orientation
        ImageOps.exif_transpose(small, in_place=True)
    return small


def _in_bands(image: Image.Image) -> Image.Image:
    """The picture with whole bands of eight bits, so that it can be made smaller."""
    image.load()
    if image.mode in ("P", "PA", "LA", "La", "RGBa") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":
        return _eight_bits(image)
    return image.convert("L") if image.mode == "1" else image


def _is_transparent(image: Image.Image) -> bool:
    return image.mode == "RGBA" and image.getchannel("A").getextrema() != (255, 255)


def _eight_bits(image: Image.Image) -> Image.Image:
    """Grey of 16 bits; Pillow's own conversion cuts off all that is brighter than 255."""
    return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """The colours of *profile* as sRGB; a profile that does not fit the picture is ignored, as browsers do."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, *_TROUBLES):
        return image
    return converted or image


def _encoded(image: Image.Image, *, is_drawn: bool) -> bytes:
    """WebP; drawings with few colours without loss where that is smaller."""
    lossy = _webp(image, quality=QUALITY, method=_METHOD)
    if not is_drawn or image.width * image.height > SMALL or image.getcolors(FEW_COLOURS) is None:
        return lossy
    return min(_webp(image, lossless=True, quality=50, method=_METHOD), lossy, key=len)


def _webp(image: Image.Image, **options: int | bool) -> bytes:
    out = BytesIO()
    image.save(out, "WEBP", **options)
    return out.getvalue()


def _too_big() -> UnusablePicture:
    return UnusablePicture(TOO_BIG, limit=MOST_PIXELS // 1_000_000)
