"""Pictures that a site keeps."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import NewType

from core.errors import Problem, refuse_if_any
from core.identity import UserId
from core.text import N_

MediaKey = NewType("MediaKey", str)

UPLOAD_BYTES = 20 * 1024 * 1024
ALT_LENGTH = 300
FILENAME_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """*key* names the stored object and is its address under /media/; *filename* is what it was called when it came;
    *size* is in bytes, *digest* the SHA-256 of the stored bytes in hex."""

    key: MediaKey
    filename: str
    content_type: str
    width: int
    height: int
    size: int
    digest: str
    alt: str
    uploaded_by: UserId | None
    created_at: datetime
    version: int = 1

    @property
    def owner_id(self) -> UserId | None:
        return self.uploaded_by

    def described(self, alt: str) -> MediaFile:
        """The file with another alternative text. Raises Invalid."""
        problem = alt_problem(alt)
        refuse_if_any([problem] if problem else [])
        return replace(self, alt=alt.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it will be stored: decoded, checked and encoded anew."""

    content: bytes
    content_type: str
    extension: str
    width: int
    height: int


def described(picture: Picture, *, filename: str, alt: str, by: UserId | None, at: datetime) -> MediaFile:
    """The entry of a *picture* that is about to be stored, under a new key."""
    return MediaFile(
        key=new_media_key(picture.extension),
        filename=filename.replace("\x00", "")[-FILENAME_LENGTH:],
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        size=len(picture.content),
        digest=sha256(picture.content).hexdigest(),
        alt=alt.strip(),
        uploaded_by=by,
        created_at=at,
    )


def new_media_key(extension: str) -> MediaKey:
    """An unguessable name, 128 random bits."""
    return MediaKey(f"{secrets.token_hex(16)}.{extension}")


def alt_problem(alt: str) -> Problem | None:
    if len(alt) <= ALT_LENGTH:
        return None
    return Problem.of("alt", N_("At most %(limit)d characters, please."), limit=ALT_LENGTH)
