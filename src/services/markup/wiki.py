"""`[[post:slug]]`, `[[page:slug|label]]`, `[[matrix:slug]]`: links to what this site has, by its own name."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from services.markup.report import Report

WIKI_LINK = "wiki_link"
_LINK = re.compile(r"\[\[\s*(post|page|matrix)\s*:\s*([a-z0-9][a-z0-9-]{0,99})\s*(?:\|([^\[\]|\n]{1,300}))?\]\]")


def wiki_plugin(md: MarkdownIt) -> None:
    """The tokens are only marks: `resolved` makes of them what the site knows."""
    md.inline.ruler.before("link", "wiki", _wiki)


def resolved(token: Token, report: Report, line: int) -> Sequence[Token]:
    """A link, or the words alone where nothing is to be found."""
    target, label = token.meta["target"], token.meta["label"]
    found = report.reach(target, line=line, subject=target)
    words = label or (found.title if found else "") or target.partition(":")[2]
    text = Token("text", "", 0, content=words)
    if found is None:
        return [text]
    return [Token("link_open", "a", 1, attrs={"href": found.url}), text, Token("link_close", "a", -1)]


def _wiki(state: StateInline, silent: bool) -> bool:
    found = _LINK.match(state.src, state.pos, state.posMax) if state.src.startswith("[[", state.pos) else None
    if found is None:
        return False
    if not silent:
        token = state.push(WIKI_LINK, "", 0)
        token.meta = {"target": f"{found[1]}:{found[2]}", "label": (found[3] or "").strip()}
    state.pos = found.end()
    return True
