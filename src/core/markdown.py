"""Markdown becomes HTML when it is saved, never when it is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

_MEDIA = re.compile(r"/media/([0-9a-f]{32}(?:-[0-9a-z]+)?\.[a-z0-9]{2,5})")
_WIKI = re.compile(r"\[\[\s*(post|page|matrix)\s*:\s*([a-z0-9][a-z0-9-]{0,99})")
_ADDRESS = re.compile(r"\]\(\s*<?/(blog|pages)/([a-z0-9][a-z0-9-]{0,99})")
_COLOUR = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_KINDS = {"blog": "post", "pages": "page"}
DECORATION = "-"
"""In the place of a picture's words: there is nothing to say of it, and nobody forgot to."""


class FindingKind(StrEnum):
    """What a reader would stumble over."""

    MISSING_ALT = "missing_alt"
    EMPTY_HEADING = "empty_heading"
    BROKEN_LINK = "broken_link"
    HIDDEN_LINK = "hidden_link"
    MISSING_PICTURE = "missing_picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something wrong at *line* of the source (the first is 1); *subject* is what it is about: an address, a picture,
    the target of a link."""

    kind: FindingKind
    line: int
    subject: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of the sizes that a picture is kept in; *key* is its address under /media/."""

    key: str
    content_type: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """What a page says of a picture beside its address: *colour* (#rrggbb, may be empty) stands in until it comes."""

    width: int
    height: int
    colour: str = ""
    variants: tuple[Variant, ...] = ()

    @property
    def tone(self) -> str:
        """The class of the colour nearest to *colour*: the pages' policy forbids inline styles. Empty without one, and
        where the picture may be seen through."""
        found = _COLOUR.fullmatch(self.colour)
        if found is None or any(variant.content_type == "image/png" for variant in self.variants):
            return ""
        return "tone-" + "".join(str(int(part, 16) // 64) for part in found.groups())


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTarget:
    """Where a link of our own leads; *is_public* False: visitors would find nothing there."""

    url: str
    title: str
    is_public: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentions:
    """What a source may speak of: *media* keys, and *targets* such as ``post:a-slug`` or ``page:about``."""

    media: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the site knows of all that a source mentions: *pictures* by media key, *targets* as in Mentions. What is
    not here does not exist."""

    pictures: Mapping[str, ShownPicture] = field(default_factory=dict)
    targets: Mapping[str, LinkTarget] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """Sanitised *html*, the *version* of the renderer that made it, the number of *words* a reader reads, and the same
    words as *plain* text without marks or code for the search. *mentions* are what the HTML links to or shows
    (``post:…``, ``page:…``, ``matrix:…``, ``media:…``), sorted; *findings* in the order of the source."""

    html: str
    version: int
    words: int
    plain: str = ""
    mentions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


def mentioned(source: str) -> Mentions:
    """All that rendering *source* could ask about, found without parsing: rather too much (code speaks too) than too
    little."""
    targets = {f"{kind}:{slug}" for kind, slug in _WIKI.findall(source)}
    targets |= {f"{_KINDS[folder]}:{slug}" for folder, slug in _ADDRESS.findall(source)}
    return Mentions(media=frozenset(_MEDIA.findall(source)), targets=frozenset(targets))


def spoken(words: str) -> str:
    """What is read out for a picture that is described with *words*: nothing where it is mere decoration."""
    return "" if words.strip() == DECORATION else words


class SurroundingsStorage(Protocol):
    """What this site has of what a text mentions."""

    async def look(self, mentions: Mentions) -> Surroundings:
        """At most two queries, none for nothing. An address that was left is found under its old name, with the new
        *url*."""
        ...


class MarkdownRenderer(Protocol):
    @property
    def version(self) -> int:
        """Grows whenever the same source would give other HTML."""
        ...

    async def render(self, source: str, *, lang: str, around: Surroundings | None = None) -> Rendered:
        """Render untrusted Markdown (CommonMark, tables, footnotes, task lists, alerts, math, wiki links, code
        highlighting) with the quotes and dashes of *lang*.

        The HTML is safe to put into a page: no raw HTML of the source survives, no script, handler,
        style or htmx/hyperscript attribute. Works off the event loop. *around* None: nothing of ours is known, and
        nothing is reported as missing.
        """
        ...


class MarkdownWriter(Protocol):
    async def from_html(self, html: str) -> str:
        """Untrusted HTML (a paste, another platform's export) as Markdown of ours: headings, lists, tables, code with
        its language, pictures, links, footnotes; scripts, styles and handlers are gone. Works off the event loop."""
        ...
