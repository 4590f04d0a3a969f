from dataclasses import dataclass

from core.access import Access, Action
from core.errors import Invalid, Problem
from core.markdown import MarkdownWriter
from core.text import N_

PASTE_LENGTH = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertPaste:
    """Whoever may write gets HTML that she copied somewhere as Markdown. Nothing is stored. Refused with Invalid."""

    access: Access
    writer: MarkdownWriter

    async def __call__(self, html: str) -> str:
        self.access.require(Action.DRAFT_POST)
        if len(html) > PASTE_LENGTH:
            raise Invalid(Problem.of("html", N_("This is too long to be converted.")))
        return await self.writer.from_html(html)
