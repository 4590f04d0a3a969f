"""Markdown as our pages show it."""

import re
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from core.markdown import Rendered
from services.markup.cleaning import clean
from services.markup.code import code_plugin
from services.markup.links import links_plugin
from services.markup.patience import PATIENCE, Patience, TooMuch, patience_plugin
from services.markup.reading import count_words, plain_text
from services.markup.shape import shape_plugin
from services.markup.typography import LANG, typography_plugin
from services.own_threads import OwnThreads

VERSION = 3
PARSING_SECONDS = 2.0
HTML_LENGTH = 4_000_000
_PARAGRAPHS = re.compile(r"\n\s*\n")


class MarkdownHtml:
    """CommonMark with tables, strikethrough, footnotes, task lists and coloured code, without raw HTML; quotes and
    dashes as the language sets them."""

    def __init__(self) -> None:
        self._parser = (
            MarkdownIt("commonmark", {"html": False})
            .enable(["table", "strikethrough"])
            .use(footnote_plugin)
            .use(tasklists_plugin, label=True)
            .use(links_plugin)
            .use(typography_plugin)
            .use(shape_plugin)
            .use(code_plugin)
            .use(patience_plugin)
        )
        self._threads = OwnThreads("markdown", threads=1, waiting=16)

    @property
    def version(self) -> int:
        return VERSION

    async def render(self, source: str, *, lang: str) -> Rendered:
        """Raises Unavailable when too many texts wait."""
        return await self._threads.run(lambda: self._rendered(source, lang))

    def close(self) -> None:
        self._threads.close()

    def _rendered(self, source: str, lang: str) -> Rendered:
        source = source.encode("utf-8", "replace").decode()
        try:
            html, words = self._parsed(source, lang)
        except (TooMuch, RecursionError):
            html, words = _as_typed(source), count_words(source)
        return Rendered(html=clean(html), version=VERSION, words=words)

    def _parsed(self, source: str, lang: str) -> tuple[str, int]:
        env: dict[str, object] = {PATIENCE: Patience(PARSING_SECONDS), LANG: lang}
        tokens = self._parser.parse(source, env)
        html = str(self._parser.renderer.render(tokens, self._parser.options, env))
        if len(html) > HTML_LENGTH:
            raise TooMuch
        return html, sum(count_words(plain_text(token)) for token in tokens if token.type == "inline")


def _as_typed(source: str) -> str:
    """For what no parser should be asked to understand: paragraphs of plain text."""
    return "\n".join(
        f"<p>{escape(part.strip(), quote=False)}</p>" for part in _PARAGRAPHS.split(source) if part.strip()
    )
