"""What a reader reads of a text: no code blocks, no addresses."""

import re
from collections.abc import Iterator

from markdown_it.token import Token

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def plain_text(token: Token) -> str:
    """The words of an inline token, without marks."""
    return "".join(_pieces(token))


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _pieces(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in ("text", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
