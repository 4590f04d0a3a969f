from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from core.media.entities import MediaFile, MediaKey, Picture
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTotals:
    """*size* in bytes, as stored."""

    files: int
    size: int


class MediaStorage(Protocol):
    """What is known of this site's files."""

    async def get(self, key: MediaKey) -> MediaFile:
        """Raises MediaNotFound."""
        ...

    async def find(self, key: MediaKey) -> MediaFile | None: ...

    async def find_many(self, keys: Sequence[MediaKey]) -> Sequence[MediaFile]: ...

    async def list_newest(self, *, limit: int, cursor: str | None) -> Slice[MediaFile]:
        """Newest first. Raises Invalid on a cursor that we did not make."""
        ...

    async def find_by_filename(self, filename: str) -> MediaFile | None:
        """The newest that came under this name."""
        ...

    async def add(self, media: MediaFile) -> None: ...

    async def save(self, media: MediaFile) -> MediaFile:
        """Return it with the next version. Raises StaleVersion."""
        ...

    async def delete(self, key: MediaKey) -> None: ...

    async def totals(self) -> MediaTotals: ...

    async def is_used(self, key: MediaKey) -> bool:
        """Whether a post (trashed ones too) or the site's settings show it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Bytes on their way: *size* in all; the connection is let go when *chunks* ends or is closed."""

    size: int
    chunks: AsyncIterator[bytes]


class Files(Protocol):
    """This site's bucket and no other."""

    async def put(self, key: MediaKey, picture: Picture) -> None:
        """Durable when it returns. Raises Unavailable within 5 s of silence, with nothing visible under *key*."""
        ...

    async def open(self, key: MediaKey, *, start: int = 0, length: int | None = None) -> Content:
        """Raises MediaNotFound, or Unavailable within 5 s."""
        ...

    async def delete(self, key: MediaKey) -> None:
        """Nothing when it is gone already. Raises Unavailable."""
        ...


class Pictures(Protocol):
    async def prepare(self, content: bytes) -> Picture:
        """Decode untrusted bytes off the event loop and encode them anew, without metadata (EXIF, location).

        Accepts JPEG, PNG, WebP, GIF and AVIF by content, never by name. Raises UnusablePicture for what is not a
        picture or would unpack to more pixels than allowed. Of an animation the first frame stays.
        """
        ...
