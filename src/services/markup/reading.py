"""What a reader reads of a text: no code blocks, no addresses."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def plain_text(token: Token) -> str:
    """The words of an inline token, without marks."""
    return "".join(_pieces(token))


def alt_text(picture: Token) -> str:
    """The words that stand for a picture, those of pictures within its own among them."""
    return "".join(
        alt_text(child) if child.type == "image" else "".join(_words(child)) for child in picture.children or ()
    )


def plain(texts: Iterable[str]) -> str:
    """*texts* as one line, single blanks between the words."""
    return " ".join(word for text in texts for word in text.split())


def count_words(text: str) -> int:
    return sum(1 for _ in _WORD.finditer(text))


def _pieces(token: Token) -> Iterator[str]:
    for child in token.children or ():
        yield from _words(child)


def _words(token: Token) -> Iterator[str]:
    if token.type in ("text", "text_special", "code_inline"):
        yield token.content
    elif token.type in ("softbreak", "hardbreak", "figcaption_open"):
        yield " "
