"""An archive of another site, in memory."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.blog.archives import (
    ArchiveFormat,
    FoundItem,
    FoundPlace,
    Importable,
    PictureReference,
    SkippedItem,
    picture_mark,
)
from core.blog.entities import PostKind
from core.blog.texts import PostText
from tests.core.fakes.clock import SetClock

FIRST_DAY = SetClock().now().replace(year=2020)


class MemoryArchive:
    """*pictures* by their names."""

    format = ArchiveFormat.MARKDOWN

    def __init__(self, *found: Importable | SkippedItem, pictures: Mapping[str, bytes] | None = None) -> None:
        self.found = found
        self.pictures = pictures or {}

    def places(self) -> Sequence[FoundPlace]:
        items = (found for found in self.found if isinstance(found, FoundItem))
        return [
            FoundPlace(key=item.key, kind=item.kind, slug=item.text.slug, translation_of=item.text.translation_of)
            for item in items
        ]

    async def contents(self) -> AsyncIterator[Importable | SkippedItem]:
        for found in self.found:
            yield found

    async def picture(self, name: str) -> bytes | None:
        return self.pictures.get(name)


def found_item(
    slug: str = "hello",
    body: str = "Hello world",
    *,
    key: str = "",
    kind: PostKind = PostKind.POST,
    pictures: Sequence[str] = (),
    text: Mapping[str, Any] | None = None,
    **changes: Any,
) -> FoundItem:
    """A public item of 2020 that shows *pictures*; *text* are further fields of its text."""
    shown = "".join(f"\n\n![A]({picture_mark(name)})" for name in pictures)
    written = PostText(title=slug.title(), body=body + shown, slug=slug, description="Short")
    item = FoundItem(
        key=key or f"old:{slug}",
        source=f"{slug}.md",
        kind=kind,
        text=replace(written, **(text or {})),
        is_public=True,
        published_at=FIRST_DAY,
        pictures=tuple(
            PictureReference(name=name, alt="A", address=f"https://old.example/{name}") for name in pictures
        ),
    )
    return replace(item, **changes)
