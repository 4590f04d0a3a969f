"""Quotes, apostrophes, dashes and ellipses as a language sets them; what is code stays as it was typed.

One walk over the text, however it is made: the parser's own rule looks back from each quote at all quotes before it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from services.markup.patience import PATIENCE

LANG = "lang"
APOSTROPHE, ELLIPSIS, EN_DASH, EM_DASH, NO_BREAK = "’", "…", "–", "—", "\u00a0"
_MARK = re.compile(r"""["']|(?<!-)-{2,3}(?!-)|(?<!\.)\.{3}(?!\.)""")
_TRANSPARENT = frozenset(f"{name}_{part}" for name in ("em", "strong", "s", "link") for part in ("open", "close"))
_WORDLIKE = frozenset({"code_inline", "image", "footnote_ref", "html_inline"})
_OPENING = frozenset("([{«„“‘—–-/ \n")
_SPACE, _WORD = " ", "x"


@dataclass(frozen=True, slots=True)
class Setting:
    """*quotes*: outer and inner, each opening and closing. *dash* stands between words with blanks around."""

    quotes: tuple[tuple[str, str], tuple[str, str]]
    dash: str


SETTINGS = {
    "en": Setting((("“", "”"), ("‘", "’")), EN_DASH),
    "ru": Setting((("«", "»"), ("„", "“")), EM_DASH),
}


@dataclass(slots=True)
class _Line:
    """What has been read of one block, in *parts*; *waiting* are the places of quotes that nothing closed yet, by the
    sign typed."""

    setting: Setting
    parts: list[str] = field(default_factory=list)
    waiting: dict[str, list[int]] = field(default_factory=lambda: {'"': [], "'": []})

    def read(self, text: str, before: str, after: str) -> None:
        done = 0
        for mark in _MARK.finditer(text):
            start, end = mark.span()
            left = text[start - 1] if start else before
            right = text[end] if end < len(text) else after
            self.parts.append(text[done:start])
            self._set(mark[0], left, right)
            done = end
        self.parts.append(text[done:])

    def _set(self, typed: str, left: str, right: str) -> None:
        if typed in self.waiting:
            self.parts.append(self._quote(typed, left, right))
        elif typed == "...":
            self.parts.append(ELLIPSIS)
        else:
            dash = self._dash(typed, left, right)
            if dash != typed and self.parts[-1].endswith(_SPACE):
                self.parts[-1] = self.parts[-1][:-1] + NO_BREAK
            self.parts.append(dash)

    def _quote(self, typed: str, left: str, right: str) -> str:
        waiting = self.waiting[typed]
        if typed == "'" and left.isalnum() and right.isalnum():
            return APOSTROPHE
        if left in _OPENING and not right.isspace():
            waiting.append(len(self.parts))
        elif waiting and not left.isspace():
            opening = waiting.pop()
            is_inner = typed == "'" or bool(waiting)
            self.parts[opening], closing = self.setting.quotes[is_inner]
            return closing
        elif typed == "'" and left.isalpha():
            return APOSTROPHE
        return typed

    def _dash(self, typed: str, left: str, right: str) -> str:
        is_apart = left.isspace() and right.isspace()
        if not is_apart and (left.isspace() or right.isspace()):
            return typed  # an option of a command
        if typed == "---":
            return EM_DASH
        if is_apart:
            return self.setting.dash
        return EN_DASH if left.isdigit() and right.isdigit() else EM_DASH


def typography_plugin(md: MarkdownIt) -> None:
    """The language comes in the environment; escaped signs (``\\"``) are still tokens of their own here, and stay."""
    md.core.ruler.before("text_join", "typography", _typography)


def _typography(state: StateCore) -> None:
    setting = SETTINGS.get(str(state.env.get(LANG, "")))
    if setting is None:
        return
    for block in state.tokens:
        if block.type == "inline" and block.children:
            state.env[PATIENCE].check()
            _set_line(_Line(setting), block.children)


def _set_line(line: _Line, tokens: Sequence[Token]) -> None:
    ends = []
    for token, before, after in _texts(tokens):
        line.read(token.content, before, after)
        ends.append((token, len(line.parts)))
    start = 0
    for token, end in ends:
        token.content = "".join(line.parts[start:end])
        start = end


def _texts(tokens: Sequence[Token]) -> Iterator[tuple[Token, str, str]]:
    """The texts to set, each with the characters at its ends. Addresses that stand for themselves are no text."""
    shown = [token for token in tokens if token.type not in _TRANSPARENT and (token.type != "text" or token.content)]
    ends = [_ends(token) for token in shown]
    addresses = {
        id(text)
        for opening, text in itertools.pairwise(tokens)
        if opening.type == "link_open" and opening.info == "auto"
    }
    for index, token in enumerate(shown):
        if token.type == "text" and id(token) not in addresses:
            before = ends[index - 1][1] if index else _SPACE
            after = ends[index + 1][0] if index + 1 < len(shown) else _SPACE
            yield token, before, after


def _ends(token: Token) -> tuple[str, str]:
    if token.type in ("text", "text_special"):
        return (token.content[0], token.content[-1]) if token.content else (_SPACE, _SPACE)
    return (_WORD, _WORD) if token.type in _WORDLIKE else (_SPACE, _SPACE)
