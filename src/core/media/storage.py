from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.media.entities import MediaFile, MediaKey, Picture
from core.media.places import MediaPlace
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTotals:
    """*size* in bytes, as stored, all sizes of each picture together."""

    files: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaLimits:
    """*site_bytes* is how much all objects of a site may take together."""

    site_bytes: int


class MediaStorage(Protocol):
    """What is known of this site's files."""

    async def get(self, key: MediaKey) -> MediaFile:
        """Raises MediaNotFound."""
        ...

    async def find(self, key: MediaKey) -> MediaFile | None: ...

    async def find_many(self, keys: Sequence[MediaKey]) -> Sequence[MediaFile]: ...

    async def list_newest(
        self, *, limit: int, cursor: str | None, query: str = "", only_unused: bool = False
    ) -> Slice[MediaFile]:
        """Newest first; *query* is looked for in names and alternative texts. Raises Invalid on a cursor that we did
        not make."""
        ...

    async def list_all(self) -> Sequence[MediaFile]:
        """Every file, newest first; one query."""
        ...

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        """The newest that came under this name."""
        ...

    async def find_by_source(self, digest: str) -> MediaFile | None:
        """The newest that was made of the bytes with this SHA-256, or that they are."""
        ...

    async def add(self, media: MediaFile) -> None: ...

    async def hold(self) -> MediaTotals:
        """The totals, which nobody else's held change can alter before the present transaction ends."""
        ...

    async def save(self, media: MediaFile) -> MediaFile:
        """Return it with the next version. Raises StaleVersion."""
        ...

    async def delete(self, key: MediaKey) -> None: ...

    async def totals(self) -> MediaTotals: ...

    async def places(self, media: MediaFile) -> Sequence[MediaPlace]:
        """Where it is shown: posts and pages (trashed ones too) by title, then questions, profiles, and the
        site itself."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes on their way: *size* in all; the connection is let go when *chunks* ends or is closed."""

    size: int
    chunks: AsyncIterator[bytes]


class Storable(Protocol):
    """Bytes, and what they are."""

    @property
    def content(self) -> bytes: ...

    @property
    def content_type(self) -> str: ...


class Files(Protocol):
    """This site's bucket and no other."""

    async def put(self, key: MediaKey, file: Storable) -> None:
        """Durable when it returns. Raises Unavailable within 5 s of silence, with nothing visible under *key*."""
        ...

    async def open(self, key: MediaKey, *, start: int = 0, length: int | None = None) -> Content:
        """Raises MediaNotFound, or Unavailable within 5 s."""
        ...

    async def delete(self, key: MediaKey) -> None:
        """Nothing when it is gone already. Raises Unavailable."""
        ...

    def forget(self, keys: Sequence[MediaKey]) -> None:
        """Delete them without anybody waiting for it, once the store answers: what was put and is not wanted."""
        ...


class Pictures(Protocol):
    async def prepare(self, content: bytes) -> Picture:
        """Decode untrusted bytes off the event loop and encode them anew, without metadata (EXIF, location), in all
        the sizes that pages ask for. What is as our own encoder would have left it stays as it is.

        Accepts JPEG, PNG, WebP, GIF and AVIF by content, never by name. Raises UnusablePicture for what is not a
        picture or would unpack to more pixels than allowed. Of an animation the first frame stays.
        """
        ...
