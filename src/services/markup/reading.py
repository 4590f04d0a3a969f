"""What a reader reads of a text: no code blocks, no addresses."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def plain_text(token: Token) -> str:
    """The words of an inline token, without marks."""
    return "".join(_pieces(token))


def plain(texts: Iterable[str]) -> str:
    """*texts* as one line, single blanks between the words."""
    return " ".join(word for text in texts for word in text.split())


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _pieces(token: Token) -> Iterator[str]:
    for child in token.children or ():
        if child.type in ("text", "text_special", "code_inline"):
            yield child.content
        elif child.type in ("softbreak", "hardbreak", "figcaption_open"):
            yield " "
