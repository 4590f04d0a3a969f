"""Pictures that a site keeps."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NewType

from core.errors import Problem, refuse_if_any
from core.identity import UserId
from core.text import N_

MediaKey = NewType("MediaKey", str)

UPLOAD_BYTES = 20 * 1024 * 1024
ALT_LENGTH = 300
FILENAME_LENGTH = 200
_EDITION_BYTES = 4
_NAME = re.compile(r"([0-9a-f]{32})(?:-([0-9]{1,5})w(?:r[0-9a-f]{8})?)?\.(webp|avif|jpg|png)")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaVariant:
    """The same picture *width* pixels wide, as an object of its own; *size* in bytes."""

    key: MediaKey
    content_type: str
    width: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """What is sent for an address: the object *key*. *tag* differs whenever the bytes do; *is_lasting* means that they
    never will under this address."""

    key: MediaKey
    content_type: str
    size: int
    tag: str
    is_lasting: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """*key* is the address under /media/ that texts name, for as long as the entry lives; *filename* is what the file
    was called when it came; *size* is in bytes, *digest* the SHA-256 of the stored bytes in hex, *source_digest* that
    of the bytes that came. *edition* is empty until the picture is replaced, then it is part of each object's name.
    *colour* (#rrggbb) is the picture's average, empty for transparent ones and those of before there were variants.
    """

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
    colour: str = ""
    variants: tuple[MediaVariant, ...] = ()
    source_digest: str = ""
    edition: str = ""
    was_animated: bool = False

    @property
    def owner_id(self) -> UserId | None:
        return self.uploaded_by

    @property
    def lasting_key(self) -> MediaKey:
        """An address whose bytes never change, unlike those of *key*."""
        return _name(self.key, self.width, self.edition, _extension(self.key))

    @property
    def stored_key(self) -> MediaKey:
        """The object that holds the picture in full size."""
        return self.lasting_key if self.edition else self.key

    @property
    def objects(self) -> tuple[MediaKey, ...]:
        """All that the store holds of it."""
        return (self.stored_key, *(variant.key for variant in self.variants))

    @property
    def stored_size(self) -> int:
        """The bytes of all its objects."""
        return self.size + sum(variant.size for variant in self.variants)

    def key_at(self, width: int) -> MediaKey:
        """The lasting address of the smallest size of its own kind that is at least *width* pixels wide, or of the
        largest."""
        alike = [variant for variant in self.variants if variant.content_type == self.content_type]
        fitting = [variant for variant in alike if variant.width >= width]
        return min(fitting, key=lambda variant: variant.width).key if fitting else self.lasting_key

    def rendition(self, name: str) -> Rendition | None:
        """What is to be sent for the address *name*; None when there never was such a one. An address of a picture
        that was replaced since gets what stands now in the size nearest to it."""
        if name in (self.key, self.lasting_key):
            return self._whole(is_lasting=name != self.key)
        for variant in self.variants:
            if variant.key == name:
                return _sent(variant, is_lasting=True)
        return self._nearest(name) if self.edition else None

    def described(self, alt: str) -> MediaFile:
        """The file with another alternative text. Raises Invalid."""
        problem = alt_problem(alt)
        refuse_if_any([problem] if problem else [])
        return replace(self, alt=alt.strip())

    def replaced(self, picture: Picture, *, filename: str, source_digest: str) -> MediaFile:
        """The entry with another picture under the same address."""
        edition = f"r{secrets.token_hex(_EDITION_BYTES)}"
        return replace(
            self, **_facts(self.key, picture, edition), filename=_kept_name(filename), source_digest=source_digest
        )

    def _whole(self, *, is_lasting: bool) -> Rendition:
        return Rendition(
            key=self.stored_key,
            content_type=self.content_type,
            size=self.size,
            tag=self.digest,
            is_lasting=is_lasting,
        )

    def _nearest(self, name: str) -> Rendition | None:
        asked = _NAME.fullmatch(name)
        if asked is None or f"{asked[1]}.{_extension(self.key)}" != self.key:
            return None
        wide = int(asked[2] or self.width)
        alike = [variant for variant in self.variants if _extension(variant.key) == asked[3]]
        if not alike or (asked[3] == _extension(self.key) and wide >= self.width):
            return self._whole(is_lasting=False)
        return _sent(min(alike, key=lambda variant: abs(variant.width - wide)), is_lasting=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture as it will be stored: decoded, checked and encoded anew. *variants* are smaller and otherwise encoded
    copies, which have none themselves; *was_animated*: only its first frame is left."""

    content: bytes
    content_type: str
    extension: str
    width: int
    height: int
    colour: str = ""
    variants: tuple[Picture, ...] = ()
    was_animated: bool = False

    @property
    def parts(self) -> tuple[Picture, ...]:
        """What goes into the store, in the order of MediaFile.objects."""
        return (self, *self.variants)


def described(
    picture: Picture, *, filename: str, alt: str, by: UserId | None, at: datetime, source_digest: str
) -> MediaFile:
    """The entry of a *picture* that is about to be stored, under a new key."""
    key = new_media_key(picture.extension)
    return MediaFile(
        key=key,
        filename=_kept_name(filename),
        alt=alt.strip(),
        uploaded_by=by,
        created_at=at,
        source_digest=source_digest,
        **_facts(key, picture, ""),
    )


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def new_media_key(extension: str) -> MediaKey:
    """An unguessable name, 128 random bits."""
    return MediaKey(f"{secrets.token_hex(16)}.{extension}")


def key_of(name: str) -> MediaKey:
    """The key of the entry that the address *name* belongs to, should there be one."""
    found = _NAME.fullmatch(name)
    return MediaKey(f"{found[1]}.webp" if found else name)


def _facts(key: MediaKey, picture: Picture, edition: str) -> dict[str, Any]:
    """What an entry says of its *picture*."""
    variants = (
        MediaVariant(
            key=_name(key, part.width, edition, part.extension),
            content_type=part.content_type,
            width=part.width,
            size=len(part.content),
        )
        for part in picture.variants
    )
    return {
        "content_type": picture.content_type,
        "width": picture.width,
        "height": picture.height,
        "size": len(picture.content),
        "digest": digest_of(picture.content),
        "colour": picture.colour,
        "variants": tuple(variants),
        "edition": edition,
        "was_animated": picture.was_animated,
    }


def _name(key: MediaKey, width: int, edition: str, extension: str) -> MediaKey:
    return MediaKey(f"{key.partition('.')[0]}-{width}w{edition}.{extension}")


def _extension(key: MediaKey) -> str:
    return key.rpartition(".")[2]


def _kept_name(filename: str) -> str:
    return filename.replace("\x00", "")[-FILENAME_LENGTH:]


def _sent(variant: MediaVariant, *, is_lasting: bool) -> Rendition:
    return Rendition(
        key=variant.key,
        content_type=variant.content_type,
        size=variant.size,
        tag=variant.key.replace(".", "-"),
        is_lasting=is_lasting,
    )


def alt_problem(alt: str) -> Problem | None:
    if len(alt) <= ALT_LENGTH:
        return None
    return Problem.of("alt", N_("At most %(limit)d characters, please."), limit=ALT_LENGTH)
