from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence

from core.blog.exports import ExportedFile, ExportedPicture, ExportedText


class FakeWriter:
    """Writes what it was given in as few words as can be; *texts* are those that came."""

    def __init__(self) -> None:
        self.texts: list[ExportedText] = []

    def text(self, exported: ExportedText) -> bytes:
        self.texts.append(exported)
        return f"{exported.text.title}\n{exported.text.body}".encode()

    def manifest(self, digests: Mapping[str, str], pictures: Sequence[ExportedPicture]) -> bytes:
        alts = (f"{picture.name} {picture.alt}" for picture in pictures)
        return "\n".join([*digests, *alts]).encode()

    async def zipped(self, files: AsyncGenerator[ExportedFile, None]) -> AsyncIterator[bytes]:
        async for file in files:
            yield file.content
