"""What a file is by its bytes, and what to tell whoever brought another kind."""

import re

from core.media.errors import UnusablePicture
from core.text import N_

EMPTY = N_("The file is empty.")
NOT_A_PICTURE = N_("This is not a picture that can be shown. Use a JPEG, PNG, WebP, GIF or AVIF file.")
SVG = N_(
    "SVG files are not taken: they can hold scripts that would run on your site. Export the drawing as PNG, at twice "
    "the size that it is shown in."
)
HEIC = N_("Browsers cannot show HEIC photos. Export it as JPEG; phones do so when set to “most compatible”.")
PDF = N_("This is a PDF document. Export the page as PNG or JPEG.")
_HEAD = 1_024
_SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>/]", re.IGNORECASE)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def kind_of(content: bytes) -> str:
    """What the first bytes say; names and types from outside count for nothing. Raises UnusablePicture."""
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
    raise UnusablePicture(_reason(content))


def _reason(content: bytes) -> str:
    head = content[:_HEAD]
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return HEIC
    if _SVG.search(head):
        return SVG
    return PDF if b"%PDF-" in head else NOT_A_PICTURE
