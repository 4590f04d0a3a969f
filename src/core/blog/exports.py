"""What an owner takes along: her texts, their pictures, and a list of both."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.blog.entities import PostKind
from core.blog.texts import PostText

FOLDERS = {PostKind.POST: "blog", PostKind.PAGE: "pages"}
MEDIA = "media"
MANIFEST = "manifest.json"
MANIFEST_FORMAT = "terrace-content"
MANIFEST_VERSION = 1
ALIAS_LENGTH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedText:
    """A post or a page without anything that holds only in its site: pictures stand in the body as ``media/NAME``,
    *text.cover* is such a NAME, *text.translation_of* a slug. *origin* says which text it is, wherever it goes.
    *aliases* are its old addresses, sorted."""

    kind: PostKind
    text: PostText
    is_public: bool
    published_at: datetime | None
    created_at: datetime
    updated_at: datetime
    author_name: str
    origin: str
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{FOLDERS[self.kind]}/{self.text.slug}.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedPicture:
    """*name* is unique in the export and the same in that of any site that imported it."""

    name: str
    alt: str

    @property
    def path(self) -> str:
        return f"{MEDIA}/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    path: str
    content: bytes


class ArchiveWriter(Protocol):
    """Writes what ArchiveReader reads: the same bytes for the same things, whenever and wherever."""

    def text(self, exported: ExportedText) -> bytes: ...

    def manifest(self, digests: Mapping[str, str], pictures: Sequence[ExportedPicture]) -> bytes:
        """*digests* are the SHA-256 of all other files in hex, by path."""
        ...

    def zipped(self, files: AsyncGenerator[ExportedFile, None]) -> AsyncIterator[bytes]:
        """*files* as one zip, file by file: no more than one of them is held. Closes *files* however it ends."""
        ...


def is_alias(path: str) -> bool:
    """Whether *path* can be an old address."""
    return path.startswith("/") and path.isprintable() and len(path) <= ALIAS_LENGTH
