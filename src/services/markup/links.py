"""Addresses that user-made text may lead to or show."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from services.markup.reading import plain_text

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_BEFORE_PATH = re.compile(r"[^/?#]*")
_PICTURE = re.compile(r"(?:/media/|https://)[^\x00-\x20\\]+", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Whether *url* is relative or of a scheme that only goes somewhere."""
    found = _BEFORE_PATH.match(url)
    scheme, colon, _ = found[0].partition(":") if found else ("", "", "")
    return not colon or scheme.lower() in SCHEMES


def is_safe_picture(url: str) -> bool:
    """Pictures come from the site itself or over TLS."""
    return _PICTURE.fullmatch(url) is not None


def links_plugin(md: MarkdownIt) -> None:
    md.validateLink = is_safe_link  # type: ignore[method-assign]  # the documented way to choose schemes
    md.core.ruler.after("inline", "links", _mark_links)


def _mark_links(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = [_marked(token) for token in block.children]


def _marked(token: Token) -> Token:
    if token.type == "link_open" and _ELSEWHERE.match(str(token.attrs.get("href", ""))):
        token.attrSet("rel", "noopener")
    if token.type == "image":
        return _picture(token)
    return token


def _picture(token: Token) -> Token:
    if not is_safe_picture(str(token.attrs.get("src", ""))):
        return Token("text", "", 0, content=plain_text(token))
    token.attrSet("loading", "lazy")
    token.attrSet("decoding", "async")
    return token
