"""An end to parsing that would take too long, whatever the text does to the parser."""

import time

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline

PATIENCE = "patience"
COLUMNS = 100


class TooMuch(Exception):
    """The text takes more work, or becomes longer, than any text needs."""


class Patience:
    """*seconds* of this thread's own processor time: a busy machine does not change what is rendered."""

    def __init__(self, seconds: float) -> None:
        self._end = time.thread_time() + seconds

    def check(self) -> None:
        if time.thread_time() > self._end:
            raise TooMuch


def patience_plugin(md: MarkdownIt) -> None:
    """Rules that never match, asked at each step of the parser; a table is one step, so it may only be so wide."""
    md.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    md.block.ruler.before("table", "patience", _block, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.inline.ruler.before("text", "patience", _inline)


def _block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    del start, end, silent
    state.env[PATIENCE].check()
    return False


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    heads = slice(state.bMarks[start], state.eMarks[start])
    return state.src[heads].count("|") <= COLUMNS + 1 and table(state, start, end, silent)


def _inline(state: StateInline, silent: bool) -> bool:
    del silent
    state.env[PATIENCE].check()
    return False
