"""Markdown as our pages show it."""

import re
from html import escape

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from core.markdown import Rendered, Surroundings
from services.markup.alerts import alerts_plugin
from services.markup.cleaning import clean
from services.markup.code import code_plugin
from services.markup.links import links_plugin
from services.markup.math import math_plugin
from services.markup.patience import PATIENCE, Patience, TooMuch, patience_plugin
from services.markup.pictures import pictures_plugin
from services.markup.reading import count_words, plain, plain_text
from services.markup.report import REPORT, Report
from services.markup.shape import shape_plugin
from services.markup.typography import LANG, typography_plugin
from services.markup.wiki import wiki_plugin
from services.own_threads import OwnThreads

VERSION = 5
PARSING_SECONDS = 2.0
HTML_LENGTH = 4_000_000
_PARAGRAPHS = re.compile(r"\n\s*\n")


class MarkdownHtml:
    """CommonMark with tables, strikethrough, footnotes, task lists, alerts, formulas, wiki links and coloured code,
    without raw HTML; quotes and dashes as the language sets them."""

    def __init__(self) -> None:
        self._parser = (
            MarkdownIt("commonmark", {"html": False})
            .enable(["table", "strikethrough"])
            .use(footnote_plugin)
            .use(tasklists_plugin, label=True)
            .use(wiki_plugin)
            .use(math_plugin)
            .use(alerts_plugin)
            .use(links_plugin)
            .use(pictures_plugin)
            .use(typography_plugin)
            .use(shape_plugin)
            .use(code_plugin)
            .use(patience_plugin)
        )
        self._threads = OwnThreads("markdown", threads=1, waiting=16)

    @property
    def version(self) -> int:
        return VERSION

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        """Raises Unavailable when too many texts wait."""
        return await self._threads.run(lambda: self._rendered(source, lang, around))

    def close(self) -> None:
        self._threads.close()

    def _rendered(self, source: str, lang: str, around: Surroundings | None = None) -> Rendered:
        source = source.encode("utf-8", "replace").decode()
        report = Report(around)
        try:
            html, texts = self._parsed(source, lang, report)
        except (TooMuch, RecursionError):
            html, texts, report = _as_typed(source), [source], Report(around)
        return Rendered(
            html=clean(html),
            version=VERSION,
            words=sum(count_words(text) for text in texts),
            plain=plain(texts),
            mentions=tuple(sorted(report.mentions)),
            findings=report.findings,
        )

    def _parsed(self, source: str, lang: str, report: Report) -> tuple[str, list[str]]:
        env: dict[str, object] = {PATIENCE: Patience(PARSING_SECONDS), LANG: lang, REPORT: report}
        tokens = self._parser.parse(source, env)
        html = str(self._parser.renderer.render(tokens, self._parser.options, env))
        if len(html) > HTML_LENGTH:
            raise TooMuch
        return html, [plain_text(token) for token in tokens if token.type == "inline"]


def _as_typed(source: str) -> str:
    """For what no parser should be asked to understand: paragraphs of plain text."""
    return "\n".join(
        f"<p>{escape(part.strip(), quote=False)}</p>" for part in _PARAGRAPHS.split(source) if part.strip()
    )
