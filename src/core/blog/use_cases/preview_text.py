from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import BODY_LENGTH
from core.errors import Invalid, Problem
from core.markdown import MarkdownRenderer, Rendered
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewText:
    """Whoever may write sees what her Markdown will look like. Nothing is stored. Refused with Invalid."""

    access: Access
    markdown: MarkdownRenderer

    async def __call__(self, body: str, *, lang: str) -> Rendered:
        self.access.require(Action.DRAFT_POST)
        if len(body) > BODY_LENGTH:
            raise Invalid(Problem.of("body", N_("At most %(limit)d characters, please."), limit=BODY_LENGTH))
        return await self.markdown.render(body, lang=lang)
