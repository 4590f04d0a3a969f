"""HTML of others becomes Markdown of ours."""

import re
from collections.abc import Callable

from bs4 import BeautifulSoup

from core.errors import Invalid, Problem
from core.text import N_
from services.markup.patience import Patience, TooMuch
from services.own_threads import OwnThreads
from services.writing.converter import PatientConverter
from services.writing.escaping import escaped
from services.writing.footnotes import mark_footnotes
from services.writing.pasted import tidy_paste
from services.writing.shaping import shape
from services.writing.trees import parsed

HTML_LENGTH = 1_000_000
WRITING_SECONDS = 4.0
ELEMENTS = 60_000
_ELEMENT = re.compile("<[a-zA-Z]")
_MARKUP = re.compile(
    r"<(?:script|style)\b.*?</(?:script|style)\s*>|<[a-zA-Z/!?][^<>]{0,2000}>", re.IGNORECASE | re.DOTALL
)
_PARAGRAPHS = re.compile(r"\n\s*\n")
_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")

Edit = Callable[[BeautifulSoup], None]


class HtmlToMarkdown:
    """Markdownify on trees of lxml, prepared so that pages, word processors and other platforms come out alike."""

    def __init__(self) -> None:
        self._threads = OwnThreads("writer", threads=1, waiting=8)

    async def from_html(self, html: str) -> str:
        """Raises Invalid when *html* is longer than any text, Unavailable when too much waits."""
        return await self._threads.run(lambda: written(html))

    def close(self) -> None:
        self._threads.close()


def written(html: str, edit: Edit | None = None) -> str:
    """*html* as Markdown, here and now; *edit* may change addresses in the tree before it is shaped. Raises Invalid
    when it is too long; what takes too much work comes as paragraphs of plain words."""
    if len(html) > HTML_LENGTH:
        raise Invalid(Problem.of("html", N_("At most %(limit)d characters, please."), limit=HTML_LENGTH))
    try:
        return _written(html, edit)
    except (TooMuch, RecursionError):
        return _words(html)


def _written(html: str, edit: Edit | None) -> str:
    if sum(1 for _ in _ELEMENT.finditer(html)) > ELEMENTS:
        raise TooMuch
    patience = Patience(WRITING_SECONDS)
    tree = parsed(html)
    if edit is not None:
        edit(tree)
    for step in (tidy_paste, mark_footnotes, shape):
        patience.check()
        step(tree)
    tree.smooth()
    return _tidy(str(PatientConverter(patience).convert_soup(tree)))


def _tidy(markdown: str) -> str:
    """No blanks at the ends of lines and no more than one empty line, except in code."""
    parts = re.split(r"(^[ >\t\d.-]*(`{3,})[^\n`]*\n.*?^[ >\t]*\2[ \t]*$)", markdown, flags=re.MULTILINE | re.DOTALL)
    for index in range(0, len(parts), 3):
        parts[index] = _MANY_LINES.sub("\n\n", _TRAILING.sub("", parts[index]))
    text = "".join(part for index, part in enumerate(parts) if index % 3 != 2).strip("\n")
    return f"{text}\n" if text.strip() else ""


def _words(html: str) -> str:
    plain = _MARKUP.sub(" ", html)
    paragraphs = (" ".join(part.split()) for part in _PARAGRAPHS.split(plain))
    return "\n\n".join(escaped(part) for part in paragraphs if part) + "\n"
