"""Telling a picture that our own encoder may have made from all others."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEAD = 12
_SHAPES = {(b"VP8 ",), (b"VP8L",), (b"VP8X", b"ALPH", b"VP8 ")}
_EXTENDED = 10
_ALPHA_ONLY = 0x10


def is_plain_webp(content: bytes) -> bool:
    """Whether *content* is a WebP of one frame and nothing else: no metadata, no colour profile, no animation, no chunk
    that nobody knows, nothing behind its end. Encoding it anew would only make it worse."""
    try:
        chunks = list(_chunks(content))
    except struct.error:
        return False
    names = tuple(name for name, _ in chunks)
    return names in _SHAPES and (names[0] != b"VP8X" or _says_alpha_only(chunks[0][1]))


def is_lossless(content: bytes) -> bool:
    return content[_HEAD : _HEAD + 4] == b"VP8L"


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and data of each; struct.error when they do not fill the file exactly."""
    if (
        content[:4] != b"RIFF"
        or content[8:_HEAD] != b"WEBP"
        or struct.unpack_from("<I", content, 4)[0] != len(content) - 8
    ):
        raise struct.error
    place = _HEAD
    while place < len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        end = place + 8 + size
        if end + size % 2 > len(content) or (size % 2 and content[end] != 0):
            raise struct.error
        yield name, content[place + 8 : end]
        place = end + size % 2


def _says_alpha_only(header: bytes) -> bool:
    return len(header) == _EXTENDED and header[0] == _ALPHA_ONLY and header[1:4] == b"\0\0\0"
