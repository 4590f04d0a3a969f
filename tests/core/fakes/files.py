from collections.abc import AsyncIterator, Sequence

from core.errors import Unavailable
from core.media.entities import MediaKey, Picture
from core.media.errors import MediaNotFound, UnusablePicture
from core.media.storage import Content, Storable


class MemoryFiles:
    """A bucket; while *is_silent* it does not answer, and falls silent once it has taken *takes* objects."""

    def __init__(self) -> None:
        self.kept: dict[MediaKey, bytes] = {}
        self.is_silent = False
        self.takes = 1_000

    async def put(self, key: MediaKey, file: Storable) -> None:
        self.is_silent = self.is_silent or len(self.kept) >= self.takes
        self._answer()
        self.kept[key] = file.content

    async def open(self, key: MediaKey, *, start: int = 0, length: int | None = None) -> Content:
        self._answer()
        if key not in self.kept:
            raise MediaNotFound
        part = self.kept[key][start:][:length]
        return Content(size=len(part), chunks=_chunks(part))

    async def delete(self, key: MediaKey) -> None:
        self._answer()
        self.kept.pop(key, None)

    def forget(self, keys: Sequence[MediaKey]) -> None:
        for key in keys:
            self.kept.pop(key, None)

    def _answer(self) -> None:
        if self.is_silent:
            raise Unavailable


class FakePictures:
    """Whatever begins with "picture" is one, and is kept in two smaller sizes as well; what it encoded stays."""

    async def prepare(self, content: bytes) -> Picture:
        is_own = content.startswith(b"encoded picture")
        if not is_own and not content.startswith(b"picture"):
            raise UnusablePicture("This is no picture.")
        small = Picture(content=b"small", content_type="image/avif", extension="avif", width=480, height=360)
        plain = Picture(content=b"plain", content_type="image/jpeg", extension="jpg", width=640, height=480)
        return Picture(
            content=content if is_own else b"encoded " + content,
            content_type="image/webp",
            extension="webp",
            width=640,
            height=480,
            colour="#c0ffee",
            variants=(small, plain),
            was_animated=content.startswith(b"picture that moves"),
        )


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content
