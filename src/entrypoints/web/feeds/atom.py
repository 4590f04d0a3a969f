"""Atom (RFC 4287)."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from entrypoints.web.feeds.entries import Feed, FeedEntry, printable

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", _XML_LANG: feed.lang})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", feed.updated_at.isoformat())
    ET.SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.self_url})
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page_url})
    _text(root, "icon", feed.icon)
    _text(ET.SubElement(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _add(root, entry)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(root: ET.Element, entry: FeedEntry) -> None:
    item = ET.SubElement(root, "entry", {_XML_LANG: entry.lang})
    _text(item, "id", entry.id)
    _text(item, "title", entry.title)
    ET.SubElement(item, "link", {"rel": "alternate", "type": "text/html", "href": entry.url, "hreflang": entry.lang})
    _text(item, "published", entry.published_at.isoformat())
    _text(item, "updated", entry.updated_at.isoformat())
    if entry.author:
        _text(ET.SubElement(item, "author"), "name", entry.author)
    for tag in entry.tags:
        ET.SubElement(item, "category", {"term": tag})
    if entry.summary:
        _text(item, "summary", entry.summary)
    content = ET.SubElement(item, "content", {"type": "html"})
    content.text = entry.html


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = printable(text)
