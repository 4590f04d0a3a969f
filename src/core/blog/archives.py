"""What other platforms give to those who leave: files full of posts, none of which is to be trusted.

An importer opens an archive, asks for its ``places()``, walks over ``contents()`` once, keeps each item's pictures by
``picture(name)``, and then puts ``settle(item.text.body, item.pictures, keys)`` and ``keys.get(item.text.cover)`` in
the place of the marks.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeAlias
from urllib.parse import quote, unquote

from core.blog.entities import PostKind
from core.blog.texts import PostText
from core.errors import Invalid, Problem

_MARK = re.compile(r"(?P<before>\]\(|\]: )import:(?P<name>[^\s()<>]+)")
_LOST = re.compile(
    r"""!\[(?P<alt>(?:\\.|[^\\\[\]])*)\]\(import:(?P<name>[^\s()<>]+)(?:\s+(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\([^()]*\)))?\s*\)"""
    r"""|(?P<before>\]\(|\]: )import:(?P<other>[^\s()<>]+)"""
)


class ArchiveFormat(StrEnum):
    """MARKDOWN: a folder or zip of Markdown files with front matter (Hugo, Jekyll, Bear, our own export). GHOST: a JSON
    export, WORDPRESS: a WXR file, each alone or in a folder or zip beside the pictures."""

    MARKDOWN = "markdown"
    GHOST = "ghost"
    WORDPRESS = "wordpress"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A sentence for the report: a msgid and its parameters."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, message: str, **params: object) -> Note:
        return cls(message=message, params=params)

    def __str__(self) -> str:
        return self.message % self.params if self.params else self.message


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureReference:
    """A picture of the archive: *name* is for `ContentArchive.picture`, *alt* what is said of it where it stands first,
    *address* where the old site showed it (empty when only a file told)."""

    name: str
    alt: str = ""
    address: str = ""

    @property
    def filename(self) -> str:
        return self.name.rpartition("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundItem:
    """A post or a page as it will be.

    *key* says which item of which old site it is: the same in every export of that site, for running an import twice.
    *source* names it in the report ("posts/a.md", "Ghost post 12").

    *text* is within the limits of `PostText` but for two things: *lang* may be empty (not said: the site's own), and
    *cover* is the name of one of *pictures*, not a media key. Its slug is usable, and no other item of the kind in
    the archive has it. In the body pictures stand as ``import:…`` (see `settle`), and links to other items of the
    archive as /blog/slug or /pages/slug of the slugs given here.

    *is_public* with a *published_at* that is yet to come is scheduled; without any it is public from now on. What has a
    *published_at* and is not public was withdrawn. What was behind a password, for members or private is not public.
    *old_paths* are addresses of the old site that should lead here: they begin with "/", are not percent-encoded, have
    no trailing slash, and a query only as "/?p=12".
    *missing* are addresses of pictures that the archive does not have; *notes* what was left out or changed, those too.
    Times are aware, in UTC.
    """

    key: str
    source: str
    kind: PostKind
    text: PostText
    is_public: bool
    published_at: datetime | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    author_name: str = ""
    old_paths: tuple[str, ...] = ()
    pictures: tuple[PictureReference, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPicture:
    """A picture that no text of the archive shows and that belongs to it all the same."""

    source: str
    picture: PictureReference


Importable: TypeAlias = FoundItem | FoundPicture


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """Where an item of the archive says that it will stand, known before it is read: *key*, *kind*, *slug* and
    *translation_of* as in the FoundItem."""

    key: str
    kind: PostKind
    slug: str
    translation_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedItem:
    """Something that is no post and no page of ours, and why it stays behind."""

    source: str
    reason: Note


class BadArchive(Invalid):
    """The archive as a whole cannot be read or must not be: *problems* has one, of the field "archive"."""

    code = "bad_archive"

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(Problem.of("archive", message, **params))


class ContentArchive(Protocol):
    """An open archive. All work is done off the event loop; nothing is fetched from anywhere."""

    @property
    def format(self) -> ArchiveFormat: ...

    def places(self) -> Sequence[FoundPlace]:
        """Of all posts and pages that ``contents()`` will give, in the same order."""
        ...

    def contents(self) -> AsyncIterator[FoundItem | FoundPicture | SkippedItem]:
        """Everything that the archive speaks of, in the same order each time, read while it is walked over. Raises
        BadArchive when a part turns out to be broken."""
        ...

    async def picture(self, name: str) -> bytes | None:
        """The file behind a PictureReference, not yet looked into; None when there is none or it is larger than any
        picture may be."""
        ...


class ArchiveReader(Protocol):
    def open(self, path: Path, form: ArchiveFormat | None = None) -> AbstractAsyncContextManager[ContentArchive]:
        """The archive at *path* of this machine (a file, a zip or a folder); without *form* it is recognised. Raises
        BadArchive with a reason when it is broken, too large, hostile or of no known form."""
        ...


def picture_mark(name: str) -> str:
    """What stands in a body in the place of a picture's address."""
    return f"import:{quote(name, safe='/')}"


def settle(body: str, pictures: tuple[PictureReference, ...], keys: Mapping[str, str]) -> str:
    """*body* with addresses under /media/ for the *pictures* that *keys* has a media key for. Of any other only its
    words stay, as a link to where the old site showed it. What merely looks like a mark is left alone."""
    known = {picture.name: picture for picture in pictures}

    def kept(found: re.Match[str]) -> str:
        name = unquote(found["name"])
        return f"{found['before']}/media/{keys[name]}" if name in known and name in keys else found[0]

    def lost(found: re.Match[str]) -> str:
        picture = known.get(unquote(found["name"] or found["other"]))
        if picture is None:
            return found[0]
        if found["before"]:
            return f"{found['before']}{picture.address or '#'}"
        words = found["alt"] or picture.filename
        return f"[{words}]({picture.address})" if picture.address else words

    return _LOST.sub(lost, _MARK.sub(kept, body))
