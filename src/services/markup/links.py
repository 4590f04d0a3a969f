"""Addresses that user-made text may lead to or show."""

import re
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from services.markup.reading import plain_text

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_BEFORE_PATH = re.compile(r"[^/?#]*")
_PICTURE = re.compile(r"/media/[^\x00-\x20\\]+")
_FETCHED = re.compile(r"https?://", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Whether *url* is relative or of a scheme that only goes somewhere."""
    found = _BEFORE_PATH.match(url)
    scheme, colon, _ = found[0].partition(":") if found else ("", "", "")
    return not colon or scheme.lower() in SCHEMES


def is_safe_picture(url: str) -> bool:
    """Pictures come from the site itself: nobody else learns who reads it."""
    return _PICTURE.fullmatch(url) is not None


def links_plugin(md: MarkdownIt) -> None:
    md.validateLink = is_safe_link  # type: ignore[method-assign]  # the documented way to choose schemes
    md.core.ruler.after("inline", "links", _mark_links)


def _mark_links(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = list(_marked(block.children))


def _marked(tokens: Sequence[Token]) -> Iterator[Token]:
    within_links = 0
    for token in tokens:
        within_links += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        if token.type == "link_open" and _ELSEWHERE.match(str(token.attrs.get("href", ""))):
            token.attrSet("rel", "noopener")
        if token.type == "image":
            yield from _picture(token, is_within_link=within_links > 0)
        else:
            yield token


def _picture(token: Token, *, is_within_link: bool) -> Sequence[Token]:
    """The site's own picture; one from elsewhere as a link to it, and anything else as its words."""
    url, words = str(token.attrs.get("src", "")), plain_text(token)
    if is_safe_picture(url):
        token.attrSet("loading", "lazy")
        token.attrSet("decoding", "async")
        return [token]
    if is_within_link or not _FETCHED.match(url):
        return [Token("text", "", 0, content=words)]
    opening = Token("link_open", "a", 1, attrs={"href": url, "rel": "noopener"})
    return [opening, Token("text", "", 0, content=words or url), Token("link_close", "a", -1)]
