"""Pictures from anywhere become clean ones of our own making."""

import struct
import zlib
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from core.media.entities import Picture
from core.media.errors import UnusablePicture
from core.text import N_
from services.image_kinds import kind_of
from services.image_sizes import in_all_sizes
from services.own_threads import OwnThreads
from services.own_webp import is_lossless, is_plain_webp

LONGEST_SIDE = 3_200
MOST_PIXELS = 50_000_000
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

BROKEN = N_("The picture is damaged or incomplete. Please export it again and try once more.")
TOO_BIG = N_("The picture has more than %(limit)d million pixels. Please make it smaller.")


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
    kind = kind_of(content)
    try:
        with _opened(content, kind) as image:
            was_animated = getattr(image, "n_frames", 1) > 1
            is_kept = is_plain_webp(content) and max(image.size) <= LONGEST_SIDE
            clean = _upright_and_small(image)
        is_drawn = kind in _DRAWN or (is_kept and is_lossless(content))
        picture = in_all_sizes(clean, is_drawn=is_drawn, whole=content if is_kept else None)
        for part in picture.parts:
            _check(part)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_big() from None
    except _TROUBLES as trouble:
        raise UnusablePicture(BROKEN) from trouble
    return replace(picture, was_animated=was_animated)


def _check(part: Picture) -> None:
    """What is stored can be opened and says its size."""
    with Image.open(BytesIO(part.content)) as image:
        if image.size != (part.width, part.height):
            raise ValueError("encoded in another size")


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


def _too_big() -> UnusablePicture:
    return UnusablePicture(TOO_BIG, limit=MOST_PIXELS // 1_000_000)
