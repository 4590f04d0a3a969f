"""WordPress' export (WXR): read twice, since an item may speak of another that comes later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from bs4 import BeautifulSoup

from core.blog.archives import ArchiveFormat, BadArchive, FoundItem, FoundPlace, Note, SkippedItem
from core.blog.entities import PostKind
from core.blog.texts import PostText
from core.slugs import SlugMaker
from core.text import N_
from services.archives.addresses import Journey, PictureFiles, Place, urlsplit_path
from services.archives.files import PICTURE_BYTES, ArchiveFiles, read_at_most
from services.archives.fitting import (
    Notes,
    Slugs,
    fitting_address,
    fitting_body,
    fitting_description,
    fitting_key,
    fitting_tags,
    fitting_title,
    moment,
    note_slug,
    old_paths,
)
from services.archives.wordpress_text import Attachment, WordPressTexts
from services.archives.wxr import Channel, WxrItem, read_items, seo
from services.markdown_writer import HTML_LENGTH, written
from services.writing.trees import classes_of, parsed, tags, words_of

_GONE = frozenset({"trash", "auto-draft"})
_UPLOADS = re.compile(r".*/(?:wp-content/uploads|files)/(?:sites/[0-9]+/)?")
_RESIZED = re.compile(r"-[0-9]{1,5}x[0-9]{1,5}(?=\.[a-z]{3,4}$)|-scaled(?=\.[a-z]{3,4}$)", re.IGNORECASE)
_ID = re.compile(r"(?:p|page_id|attachment_id)=([0-9]{1,12})")
_IMAGE_ID = re.compile(r"wp-image-([0-9]{1,12})")
_IMG = re.compile(r"<img\s[^<>]{0,4000}>", re.IGNORECASE)
_SRC = re.compile(r"""\ssrc=["']([^"']{1,2000})["']""", re.IGNORECASE)
_ALT = re.compile(r"""\salt=["']([^"']{1,1000})["']""", re.IGNORECASE)
_UNCATEGORISED = frozenset({"uncategorized", "без-рубрики"})
_HIDDEN = {
    "private": N_("It was private and comes as a draft."),
    "pending": N_("It waited for approval and comes as a draft."),
}
_TYPES = {
    "attachment": N_("Files come with the posts that show them."),
    "nav_menu_item": N_("Menus are not imported."),
    "wp_block": N_("Reusable blocks come within the posts that use them."),
}


@dataclass(slots=True)
class _Index:
    """What the first reading found."""

    channel: Channel = field(default_factory=Channel)
    places: dict[str, Place] = field(default_factory=dict)
    by_path: dict[str, str] = field(default_factory=dict)
    by_slug: dict[str, str] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    reusable: dict[str, str] = field(default_factory=dict)
    ahead: timedelta = timedelta()
    """How far the site's clock was ahead of UTC last; drafts have no other time."""


class WordPressArchive:
    """*export* is the name of the XML among *files*. Raises BadArchive for what is no export of WordPress."""

    format = ArchiveFormat.WORDPRESS

    def __init__(self, files: ArchiveFiles, export: str, slugs: SlugMaker) -> None:
        self._files = files
        self._export = export
        self._pictures = PictureFiles.below(_without_sites(files.names), ("wp-content/uploads", "uploads"))
        self._real_names = dict(zip(_without_sites(files.names), files.names, strict=True))
        self._index = _Index()
        self._read_index(Slugs(slugs))
        self._texts = WordPressTexts(self._index.attachments, self._index.reusable)

    def places(self) -> Sequence[FoundPlace]:
        places = self._index.places.items()
        return [FoundPlace(key=self._key(number), kind=place.kind, slug=place.slug) for number, place in places]

    def items(self) -> Iterator[FoundItem | SkippedItem]:
        for item in read_items(self._files, self._export, Channel()):
            place = self._index.places.get(item.number)
            if place is not None:
                yield self._item(item, place)
                continue
            yield SkippedItem(source=_source(item), reason=_why_not(item))
        others = [name for name in self._files.names if name != self._export and name.lower().endswith(".xml")]
        for name in [*others, *self._files.nested]:
            yield SkippedItem(source=name, reason=Note.of(N_("This file is no part of the export that is read.")))

    def picture(self, name: str) -> bytes | None:
        return read_at_most(self._files, name, PICTURE_BYTES)

    def _key(self, number: str) -> str:
        return fitting_key(f"wordpress:{self._index.channel.blog_url}:{number}")

    def _read_index(self, slugs: Slugs) -> None:
        index = self._index
        for item in read_items(self._files, self._export, index.channel):
            self._note_pictures(item.content)
            kind, number = item["post_type"], item.number
            if kind == "attachment":
                alt = item.meta.get("_wp_attachment_image_alt", "")
                index.attachments[number] = Attachment(item["attachment_url"], alt, _plain(item.excerpt))
            elif kind == "wp_block":
                index.reusable[number] = item.content
            elif kind in (PostKind.POST, PostKind.PAGE) and item["status"] not in _GONE and number not in index.places:
                slug = slugs.take(kind, item["post_name"], _plain(item["title"]))
                index.places[number] = Place(PostKind(kind), slug)
                index.by_path[_path(item["link"])] = number
                index.by_slug[unquote(item["post_name"])] = number
                local, utc = moment(item["post_date"]), _moment(item["post_date_gmt"])
                index.ahead = local - utc if local and utc else index.ahead
        if not index.channel.is_export:
            raise BadArchive(N_("“%(name)s” is no export of WordPress."), name=self._export)

    def _note_pictures(self, content: str) -> None:
        """Files that are no item of the export are known from the texts that show them."""
        for image in _IMG.findall(content):
            number, source, alt = _IMAGE_ID.search(image), _SRC.search(image), _ALT.search(image)
            if number and source:
                known = Attachment(unescape(source[1]), unescape(alt[1]) if alt else "", "")
                self._index.attachments.setdefault(number[1], known)

    def _item(self, item: WxrItem, place: Place) -> FoundItem:
        notes = Notes()
        journey = self._journey(notes)
        text = self._text(item, place, journey)
        is_public = self._is_public(item, notes)
        local = moment(item["post_date"])
        created_at = _moment(item["post_date_gmt"]) or (local - self._index.ahead if local else None)
        if item.comments:
            notes.add(N_("Comments are not imported; it had %(count)d."), count=item.comments)
        id_query = "page_id" if place.kind is PostKind.PAGE else "p"
        return FoundItem(
            key=self._key(item.number),
            source=_source(item),
            kind=place.kind,
            text=text,
            is_public=is_public,
            published_at=_moment(item["post_date_gmt"]) if is_public else None,
            created_at=created_at,
            updated_at=_moment(item["post_modified_gmt"]) or created_at,
            author_name=fitting_title(self._index.channel.authors.get(item.creator) or item.creator, notes),
            old_paths=old_paths([item["link"], f"/?{id_query}={item.number}"], place.address),
            pictures=tuple(journey.pictures.values()),
            missing=tuple(journey.missing),
            notes=tuple(notes.said),
        )

    def _text(self, item: WxrItem, place: Place, journey: Journey) -> PostText:
        notes = journey.notes
        note_slug(item["post_name"], place.slug, notes)
        cover, cover_alt = self._cover(item, journey)
        return PostText(
            title=fitting_title(_plain(item["title"]), notes),
            body=fitting_body(self._body(item, journey), notes),
            slug=place.slug,
            description=fitting_description(_plain(item.excerpt), "description", notes),
            tags=fitting_tags(_tag_names(item), notes),
            cover=cover,
            cover_alt=fitting_description(cover_alt, "cover_alt", notes) if cover else "",
            is_pinned=item["is_sticky"] == "1",
            meta_title=fitting_title(seo(item, "title"), notes),
            meta_description=fitting_description(seo(item, "metadesc", "description"), "meta_description", notes),
            canonical_url=fitting_address(seo(item, "canonical", "canonical_url"), notes),
        )

    def _is_public(self, item: WxrItem, notes: Notes) -> bool:
        if item["post_password"]:
            notes.add(N_("It was behind a password and comes as a draft."))
            return False
        if item["status"] in _HIDDEN:
            notes.add(_HIDDEN[item["status"]])
        return item["status"] in ("publish", "future")

    def _cover(self, item: WxrItem, journey: Journey) -> tuple[str | None, str]:
        number = item.meta.get("_thumbnail_id", "").strip()
        found = self._index.attachments.get(number)
        if found is None:
            if number:
                journey.notes.add(N_("The cover (file %(id)s) is not in the export."), id=number)
            return None, ""
        return journey.cover(found.url, found.alt), found.alt

    def _journey(self, notes: Notes) -> Journey:
        return Journey(
            place_of=self._place_of,
            name_of=self._name_of,
            is_of_old_site=self._is_of_old_site,
            absolute=self._absolute,
            notes=notes,
        )

    def _place_of(self, address: str) -> Place | None:
        if not self._is_of_old_site(address):
            return None
        query = _ID.fullmatch(_parts(address).query)
        if query:
            return self._index.places.get(query[1])
        path = _path(address)
        number = self._index.by_path.get(path) or self._index.by_slug.get(path.rpartition("/")[2])
        return self._index.places.get(number or "")

    def _name_of(self, address: str) -> str | None:
        path = urlsplit_path(address)
        query = _ID.fullmatch(_parts(address).query)
        if query and query[1] in self._index.attachments and self._is_of_old_site(address):
            address = self._index.attachments[query[1]].url
            path = urlsplit_path(address)
        inner = _UPLOADS.sub("", path)
        if inner == path or not (self._is_of_old_site(address) or path.startswith("/")):
            return None
        decoded = unquote(inner)
        found = self._pictures.find(_RESIZED.sub("", decoded), decoded, _RESIZED.sub("-scaled", decoded))
        return self._real_names[found] if found else None

    def _is_of_old_site(self, address: str) -> bool:
        """The front page is no item, and it is here, too."""
        channel, parts = self._index.channel, _parts(address)
        if not parts.netloc:
            return (address.startswith("/") and parts.path not in ("", "/")) or bool(_ID.fullmatch(parts.query))
        hosts = {_parts(url).netloc.removeprefix("www.") for url in (channel.site_url, channel.blog_url) if url}
        return parts.netloc.removeprefix("www.") in hosts and bool(parts.path.strip("/") or parts.query)

    def _absolute(self, address: str) -> str:
        try:
            return urljoin(self._index.channel.blog_url + "/", address) if address.startswith(("/", "?")) else address
        except ValueError:
            return address

    def _body(self, item: WxrItem, journey: Journey) -> str:
        html = self._texts.html(item.content, journey.notes)[:HTML_LENGTH]

        def edit(tree: BeautifulSoup) -> None:
            for image in tags(tree, "img"):
                number = _IMAGE_ID.search(" ".join(classes_of(image)))
                if number and (found := self._index.attachments.get(number[1])) and found.url:
                    image["src"] = found.url
            journey.edit(tree)

        return written(html, edit)


def candidates(names: Sequence[str]) -> list[str]:
    """Files that may be an export."""
    return [name for name in names if name.lower().endswith((".xml", ".wxr"))]


def _why_not(item: WxrItem) -> Note:
    if item["status"] in _GONE:
        return Note.of(N_("It was in the trash."))
    if item["post_type"] in _TYPES:
        return Note.of(_TYPES[item["post_type"]])
    return Note.of(N_("“%(type)s” is neither a post nor a page."), type=item["post_type"][:60])


def _source(item: WxrItem) -> str:
    return f"WordPress {item['post_type'][:60] or 'item'} {item.number} {unquote(item['post_name'])[:100]}".strip()


def _tag_names(item: WxrItem) -> list[str]:
    """Tags, then categories."""
    found = [term.name for term in item.terms if term.domain == "post_tag"]
    categories = (term for term in item.terms if term.domain == "category")
    return [*found, *(term.name for term in categories if unquote(term.slug) not in _UNCATEGORISED)]


def _plain(html: str) -> str:
    return words_of(parsed(html)) if "<" in html or "&" in html else " ".join(html.split())


def _moment(text: str) -> datetime | None:
    return None if text.startswith("0000") else moment(text)


def _parts(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _path(address: str) -> str:
    return unquote(urlsplit_path(address)).rstrip("/")


def _without_sites(names: Sequence[str]) -> list[str]:
    return [re.sub(r"(^|/)uploads/sites/[0-9]+/", r"\1uploads/", name) for name in names]
