"""RSS 2.0 (rssboard.org/rss-specification) with whole texts by its content module."""

from __future__ import annotations

from email.utils import format_datetime
from xml.etree import ElementTree as ET

from entrypoints.web.feeds.entries import Feed, FeedEntry, printable

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
_ATOM = "http://www.w3.org/2005/Atom"
_SPACES = {
    "xmlns:atom": _ATOM,
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def rss(feed: Feed) -> bytes:
    root = ET.Element("rss", {"version": "2.0", **_SPACES})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.page_url)
    _text(channel, "description", feed.subtitle or feed.title)
    _text(channel, "language", feed.lang)
    if feed.entries:
        _text(channel, "lastBuildDate", format_datetime(feed.updated_at))
    ET.SubElement(channel, "atom:link", {"rel": "self", "type": "application/rss+xml", "href": feed.self_url})
    for entry in feed.entries:
        _add(channel, entry)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add(channel: ET.Element, entry: FeedEntry) -> None:
    item = ET.SubElement(channel, "item")
    _text(item, "title", entry.title)
    _text(item, "link", entry.url)
    guid = ET.SubElement(item, "guid", {"isPermaLink": "false"})
    guid.text = entry.id
    _text(item, "pubDate", format_datetime(entry.published_at))
    if entry.author:
        _text(item, "dc:creator", entry.author)
    for tag in entry.tags:
        _text(item, "category", tag)
    if entry.summary:
        _text(item, "description", entry.summary)
    _text(item, "content:encoded", entry.html)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = printable(text)
