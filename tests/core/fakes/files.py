from collections.abc import AsyncIterator

from core.errors import Unavailable
from core.media.entities import MediaKey, Picture
from core.media.errors import MediaNotFound, UnusablePicture
from core.media.storage import Content


class MemoryFiles:
    """A bucket; while *is_silent* it does not answer."""

    def __init__(self) -> None:
        self.kept: dict[MediaKey, bytes] = {}
        self.is_silent = False

    async def put(self, key: MediaKey, picture: Picture) -> None:
        self._answer()
        self.kept[key] = picture.content

    async def open(self, key: MediaKey, *, start: int = 0, length: int | None = None) -> Content:
        self._answer()
        if key not in self.kept:
            raise MediaNotFound
        part = self.kept[key][start:][:length]
        return Content(size=len(part), chunks=_chunks(part))

    async def delete(self, key: MediaKey) -> None:
        self._answer()
        self.kept.pop(key, None)

    def _answer(self) -> None:
        if self.is_silent:
            raise Unavailable


class FakePictures:
    """Whatever begins with "picture" is one."""

    async def prepare(self, content: bytes) -> Picture:
        if not content.startswith(b"picture"):
            raise UnusablePicture("This is no picture.")
        encoded = b"encoded " + content
        return Picture(content=encoded, content_type="image/webp", extension="webp", width=640, height=480)


async def _chunks(content: bytes) -> AsyncIterator[bytes]:
    yield content
