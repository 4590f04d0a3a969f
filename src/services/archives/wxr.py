"""WordPress' export: RSS with a namespace of its own, read item by item."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from core.blog.archives import BadArchive
from core.text import N_
from services.archives.files import ArchiveFiles

EXPORT_BYTES = 500 * 1024**2
DEPTH = 20
_EXPORT = "{http://wordpress.org/export/"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_CONTROLS = bytes(set(range(32)) - {9, 10, 13})


@dataclass(frozen=True, slots=True)
class Term:
    domain: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class WxrItem:
    """*said* are the plain fields by their names without namespace: title, link, post_id, post_name, status, ..."""

    said: Mapping[str, str]
    content: str
    excerpt: str
    creator: str
    terms: tuple[Term, ...]
    meta: Mapping[str, str]
    comments: int

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "").strip()

    @property
    def number(self) -> str:
        return self["post_id"]


@dataclass(slots=True)
class Channel:
    """What the export says of the site; filled while the items are read."""

    is_export: bool = False
    site_url: str = ""
    blog_url: str = ""
    authors: dict[str, str] = field(default_factory=dict)


def read_items(files: ArchiveFiles, name: str, channel: Channel) -> Iterator[WxrItem]:
    """All items in the order of the file. Raises BadArchive for what is no XML, declares entities, or is too large."""
    if files.size(name) > EXPORT_BYTES:
        message = N_("“%(name)s” is larger than %(limit)d MB. Please split the export.")
        raise BadArchive(message, name=name, limit=EXPORT_BYTES // 1024**2)
    with files.open(name) as stream:
        try:
            yield from _items(_Cleaned(stream), channel)
        except DefusedXmlException:
            raise BadArchive(
                N_("“%(name)s” declares entities or a document type; that is not read."), name=name
            ) from None
        except (ParseError, ValueError, LookupError) as error:
            raise BadArchive(N_("“%(name)s” is no XML: %(reason)s"), name=name, reason=str(error)[:200]) from None


class _Cleaned:
    """Old posts carry control characters that XML forbids and WordPress writes nevertheless."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        content = self._stream.read(size)
        cleaned = content.translate(None, _CONTROLS)
        return cleaned if cleaned or not content else b" "


def _items(stream: _Cleaned, channel: Channel) -> Iterator[WxrItem]:
    path: list[Element] = []
    for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            if len(path) > DEPTH:
                raise ParseError("too deep")
            continue
        path.pop()
        if len(path) == 2:
            if element.tag == "item":
                yield _item(element)
            else:
                _tell(channel, element)
            path[-1].remove(element)


def _tell(channel: Channel, element: Element) -> None:
    if not element.tag.startswith(_EXPORT):
        return
    name, text = _local(element), (element.text or "").strip()
    channel.is_export = True
    if name == "base_site_url":
        channel.site_url = text
    elif name == "base_blog_url":
        channel.blog_url = text
    elif name == "author":
        said = {_local(child): (child.text or "").strip() for child in element}
        channel.authors[said.get("author_login", "")] = said.get("author_display_name", "")


def _item(element: Element) -> WxrItem:
    said: dict[str, str] = {}
    meta: dict[str, str] = {}
    terms: list[Term] = []
    for child in element:
        if child.tag == "category":
            terms.append(Term(child.get("domain", ""), child.get("nicename", ""), child.text or ""))
        elif child.tag.startswith(_EXPORT) and _local(child) == "postmeta":
            pair = {_local(part): part.text or "" for part in child}
            meta[pair.get("meta_key", "")] = pair.get("meta_value", "")
        elif not child.tag.endswith("encoded"):
            said.setdefault(_local(child), child.text or "")
    return WxrItem(
        said=said,
        content=element.findtext(_CONTENT) or "",
        excerpt=next((child.text or "" for child in element if _is_excerpt(child)), ""),
        creator=(element.findtext(_CREATOR) or "").strip(),
        terms=tuple(terms),
        meta=meta,
        comments=sum(1 for child in element if child.tag.startswith(_EXPORT) and _local(child) == "comment"),
    )


def _is_excerpt(element: Element) -> bool:
    return element.tag.startswith(_EXPORT) and element.tag.endswith("/excerpt/}encoded")


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def seo(item: WxrItem, *names: str) -> str:
    """What Yoast or Rank Math were told; their templates are no words."""
    keys = [f"{plugin}_{name}" for name in names for plugin in ("_yoast_wpseo", "rank_math")]
    return next((said for key in keys if (said := item.meta.get(key, "").strip()) and "%" not in said), "")
