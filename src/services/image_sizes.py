"""One clean picture becomes all that pages ask for: smaller sizes, other encodings, the colour that stands in."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from PIL import Image

from core.media.entities import Picture

WIDTHS = (480, 960, 1_600)
WIDEST_COPY = WIDTHS[-1]
QUALITY = 82
AVIF_QUALITY = 60
AVIF_SPEED = 9
JPEG_QUALITY = 80
FEW_COLOURS = 128
SMALL = 4_000_000
_METHOD = 4


def in_all_sizes(image: Image.Image, *, is_drawn: bool, whole: bytes | None = None) -> Picture:
    """*image* holds plain sRGB pixels, RGB or RGBA, and no metadata. *whole* is the same as a WebP that
    needs no encoding anew, if there is one."""
    picture = _picture(image, whole or _webp(image, is_drawn=is_drawn), "webp")
    copies = _narrower(image)
    webps = [_picture(copy, _webp(copy, is_drawn=is_drawn), "webp") for copy in copies if copy.width < image.width]
    avifs = _worthwhile_avifs(copies, (picture, *webps))
    return replace(picture, colour=_average(image), variants=(*webps, *avifs, _fallback(copies[0])))


def _narrower(image: Image.Image) -> list[Image.Image]:
    """The picture in every width that pages ask for, the widest first, which may be the picture itself; each is made
    of the one before."""
    widths = {width for width in WIDTHS if width < image.width} | {min(image.width, WIDEST_COPY)}
    copies = []
    for width in sorted(widths, reverse=True):
        if width < image.width:
            height = max(1, round(image.height * width / image.width))
            image = image.resize((width, height), Image.Resampling.LANCZOS)
        copies.append(image)
    return copies


def _worthwhile_avifs(copies: Sequence[Image.Image], webps: Sequence[Picture]) -> list[Picture]:
    """Those that are smaller than the WebP of the same width. A browser that takes AVIF looks at nothing else, so
    without the widest there is none."""
    rivals = {webp.width: len(webp.content) for webp in webps}
    found: list[Picture] = []
    for copy in copies:
        avif = _picture(copy, _encoded(copy, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1), "avif")
        if len(avif.content) < rivals[copy.width]:
            found.append(avif)
        elif not found:
            break
    return found


def _fallback(image: Image.Image) -> Picture:
    """For programs that know no WebP."""
    if image.mode == "RGBA":
        return _picture(image, _encoded(image, "PNG"), "png")
    jpeg = _encoded(image, "JPEG", quality=JPEG_QUALITY, optimize=True, progressive=True)
    return _picture(image, jpeg, "jpg")


def _average(image: Image.Image) -> str:
    """As #rrggbb; empty for what is transparent, as the colour would shine through it for good."""
    if image.mode == "RGBA":
        return ""
    return f"#{image.resize((1, 1), Image.Resampling.BOX).tobytes().hex()}"


def _webp(image: Image.Image, *, is_drawn: bool) -> bytes:
    """Drawings with few colours without loss where that is smaller."""
    lossy = _encoded(image, "WEBP", quality=QUALITY, method=_METHOD)
    if not is_drawn or image.width * image.height > SMALL or image.getcolors(FEW_COLOURS) is None:
        return lossy
    return min(_encoded(image, "WEBP", lossless=True, quality=50, method=_METHOD), lossy, key=len)


def _encoded(image: Image.Image, kind: str, **options: int | bool) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _picture(image: Image.Image, content: bytes, extension: str) -> Picture:
    return Picture(
        content=content,
        content_type=_TYPES[extension],
        extension=extension,
        width=image.width,
        height=image.height,
    )


_TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg", "png": "image/png"}
