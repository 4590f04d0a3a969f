"""Markdown becomes HTML when it is saved, never when it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Sanitised *html*, the *version* of the renderer that made it, and the number of *words* a reader reads."""

    html: str
    version: int
    words: int


class MarkdownRenderer(Protocol):
    @property
    def version(self) -> int:
        """Grows whenever the same source would give other HTML."""
        ...

    async def render(self, source: str, *, lang: str) -> Rendered:
        """Render untrusted Markdown (CommonMark, tables, footnotes, task lists, code highlighting) with the quotes
        and dashes of *lang*.

        The HTML is safe to put into a page: no raw HTML of the source survives, no script, handler,
        style or htmx/hyperscript attribute. Works off the event loop.
        """
        ...
