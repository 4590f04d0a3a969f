"""Small pictures that are really pictures."""

from io import BytesIO
from secrets import randbelow

from PIL import Image


def png(width: int = 40, height: int = 30) -> bytes:
    """One of its own kind each time."""
    file = BytesIO()
    Image.new("RGB", (width, height), (randbelow(256), randbelow(256), randbelow(256))).save(file, "PNG")
    return file.getvalue()
