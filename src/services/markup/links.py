"""Addresses that user-made text may lead to or show, and what becomes of each."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from core.markdown import FindingKind, spoken
from core.slugs import slug_problem
from services.markup import pictures
from services.markup.pictures import is_safe_picture
from services.markup.reading import alt_text
from services.markup.report import Report, report_of
from services.markup.wiki import WIKI_LINK, resolved

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_BEFORE_PATH = re.compile(r"[^/?#]*")
_OVERLOOKED = re.compile(r"[^\x21-\x7e]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_FETCHED = re.compile(r"https?://", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_OURS = re.compile(r"/(blog|pages)/([a-z0-9-]+)/?(?:[?#].*)?")
_KINDS = {"blog": "post", "pages": "page"}


def is_safe_link(url: str) -> bool:
    """Whether *url* is relative or of a scheme that only goes somewhere; characters that a browser may overlook are
    overlooked here too."""
    before = _BEFORE_PATH.match(url)
    scheme = _SCHEME.match(_OVERLOOKED.sub("", before[0])) if before else None
    return scheme is None or scheme[1].lower() in SCHEMES


def links_plugin(md: MarkdownIt) -> None:
    md.validateLink = is_safe_link  # type: ignore[method-assign]  # the documented way to choose schemes
    md.core.ruler.after("inline", "links", _mark_links)


def _mark_links(state: StateCore) -> None:
    """Before the notes move to the end: each is read at the place where it stands."""
    notes = state.env.get("footnotes", {})
    for block in _read(state.tokens, notes.get("refs", {})):
        if block.children:
            line = block.map[0] + 1 if block.map else 1
            passage = _Passage(notes.get("list", {}), report_of(state.env), line)
            block.children = passage.marked(block.children)


def _read(tokens: Sequence[Token], references: Mapping[str, int]) -> Iterator[Token]:
    """The inline tokens that will be shown: a note that nothing refers to is not."""
    is_dropped = False
    for token in tokens:
        if token.type == "footnote_reference_open":
            is_dropped = references.get(f":{token.meta['label']}", -1) < 0
        elif token.type == "footnote_reference_close":
            is_dropped = False
        elif token.type == "inline" and not is_dropped:
            yield token


@dataclass(slots=True)
class _Passage:
    """The tokens of one block, read in order; *line* is where we are, *notes* those written in the text itself."""

    notes: Mapping[int, dict[str, Any]]
    report: Report
    line: int
    links: int = 0

    def marked(self, tokens: Sequence[Token]) -> list[Token]:
        return [made for token in tokens for made in self._made(token)]

    def _made(self, token: Token) -> Sequence[Token]:
        match token.type:
            case "softbreak" | "hardbreak":
                self.line += 1
            case "link_open":
                self.links += 1
                self._link(token)
            case "link_close":
                self.links -= 1
            case "footnote_ref":
                self._note(token)
            case "image":
                return self._picture(token)
            case kind if kind == WIKI_LINK:
                return resolved(token, self.report, self.line)
        return (token,)

    def _link(self, token: Token) -> None:
        url = str(token.attrs.get("href", ""))
        if _ELSEWHERE.match(url):
            token.attrSet("rel", "noopener")
        elif is_safe_picture(url):
            self.report.picture(pictures.key_of(url), line=self.line, subject=url, absent=FindingKind.BROKEN_LINK)
        elif (found := _OURS.fullmatch(url)) and slug_problem(found[2]) is None:
            self.report.reach(f"{_KINDS[found[1]]}:{found[2]}", line=self.line, subject=url)

    def _note(self, token: Token) -> None:
        note = self.notes.get(token.meta["id"], {})
        if "tokens" in note:
            note["tokens"] = _Passage(self.notes, self.report, self.line).marked(note["tokens"])

    def _picture(self, token: Token) -> Sequence[Token]:
        """The site's own picture; one from elsewhere as a link to it, and anything else as its words."""
        token.children = _words_of(token.children or ())
        url, words = str(token.attrs.get("src", "")), alt_text(token)
        if is_safe_picture(url):
            pictures.show(token, words, self.report, self.line)
            return (token,)
        if self.links or not _FETCHED.match(url):
            return (Token("text", "", 0, content=words),)
        opening = Token("link_open", "a", 1, attrs={"href": url, "rel": "noopener"})
        return opening, Token("text", "", 0, content=spoken(words) or url), Token("link_close", "a", -1)


def _words_of(tokens: Sequence[Token]) -> list[Token]:
    """What stands for a picture leads nowhere and shows no other: a link of the wiki is its words there."""
    return [_as_text(token) if token.type == WIKI_LINK else token for token in tokens]


def _as_text(token: Token) -> Token:
    return Token("text", "", 0, content=token.meta["label"] or token.meta["target"].partition(":")[2])
