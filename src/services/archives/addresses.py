"""Links and pictures of an item, told what becomes of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from slugify import slugify

from core.blog.addresses import address_of
from core.blog.archives import PictureReference, picture_mark
from core.blog.entities import PostKind
from core.text import N_
from services.archives.fitting import Notes
from services.markup.shape import ANCHOR_PREFIX
from services.writing.trees import made, tags, text_of, words_of

PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".svg", ".heic")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item of the archive will stand here."""

    kind: PostKind
    slug: str

    @property
    def address(self) -> str:
        return address_of(self.kind, self.slug)


@dataclass(frozen=True, slots=True)
class PictureFiles:
    """The pictures of an archive by what the old site called them, in small letters."""

    by_path: Mapping[str, str]

    @classmethod
    def below(cls, names: Sequence[str], folders: Sequence[str]) -> PictureFiles:
        """Pictures found below one of *folders*, wherever that stands in the archive; an earlier folder wins."""
        found: dict[str, str] = {}
        for folder in folders:
            for name in names:
                _, mark, rest = f"/{name}".lower().rpartition(f"/{folder}/")
                if mark and name.lower().endswith(PICTURES):
                    found.setdefault(normalize("NFC", rest), name)
        return cls(found)

    def find(self, *paths: str) -> str | None:
        """The first of *paths* that there is."""
        return next((found for path in paths if (found := self.by_path.get(normalize("NFC", path.lower())))), None)


@dataclass(slots=True)
class Journey:
    """What an item's addresses become: collects the pictures it shows, those that are missing, and notes.

    *place_of* finds the item of the archive that an address leads to, *name_of* the file of a picture; *absolute* makes
    of an address of the old site one that stands for itself.
    """

    place_of: Callable[[str], Place | None]
    name_of: Callable[[str], str | None]
    is_of_old_site: Callable[[str], bool]
    absolute: Callable[[str], str]
    notes: Notes
    pictures: dict[str, PictureReference] = field(default_factory=dict)
    missing: dict[str, None] = field(default_factory=dict)

    def link(self, address: str) -> str:
        """What to write for a link to *address*."""
        place = self.place_of(address)
        if place is not None:
            anchor = _anchor(address)
            return f"{place.address}#{anchor}" if anchor else place.address
        if self.is_of_old_site(address):
            told = self.absolute(address)
            message = N_("A link leads to %(address)s, which is not in the archive; it was left as it is.")
            self.notes.add(message, address=told)
            return told
        return self.absolute(address)

    def picture(self, address: str, alt: str = "") -> str | None:
        """The mark for a picture of the archive; None when there is none such."""
        name = self.name_of(address)
        if name is None:
            told = self.absolute(address)
            self.missing[told] = None
            self.notes.add(N_("The picture %(address)s is not in the archive; a link took its place."), address=told)
            return None
        self.pictures.setdefault(name, PictureReference(name=name, alt=alt, address=_whole(self.absolute(address))))
        return picture_mark(name)

    def cover(self, address: str, alt: str = "") -> str | None:
        """The name of a cover in the archive."""
        name = self.name_of(address) if address else None
        if name is not None:
            self.picture(address, alt)
        elif address:
            told = self.absolute(address)
            self.missing[told] = None
            self.notes.add(N_("The cover %(address)s is not in the archive."), address=told)
        return name

    def edit(self, tree: BeautifulSoup) -> None:
        """The same for a tree of HTML."""
        for link in tags(tree, "a"):
            href = text_of(link, "href")
            is_of_picture = link.find("img") is not None and not words_of(link)
            if is_of_picture and urlsplit_path(href).lower().endswith(PICTURES):
                link.unwrap()
            elif (name := self.name_of(href)) is not None:
                link["href"] = self.picture(href) or name
            elif href and not href.startswith("#"):
                link["href"] = self.link(href)
        for image in tags(tree, "img"):
            self._edit_picture(image)

    def _edit_picture(self, image: Tag) -> None:
        source, alt = text_of(image, "src"), text_of(image, "alt")
        if not source or image.find_parent(class_="kg-bookmark-container") is not None:
            image.decompose()
            return
        if source.startswith("data:"):
            self.notes.add(N_("A picture written into the text itself was left out."))
            image.replace_with(NavigableString(alt))
            return
        mark = self.picture(source, alt)
        if mark is not None:
            image["src"] = mark
        elif image.find_parent("a") is not None:
            image.replace_with(NavigableString(alt or _filename(source)))
        else:
            image.replace_with(made("a", alt or _filename(source), href=self.absolute(source)))


def urlsplit_path(address: str) -> str:
    """The path of *address*; empty for what is no address."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _anchor(address: str) -> str:
    """Headings here are named after their words, too, behind a prefix."""
    fragment = address.partition("#")[2]
    name = slugify(unquote(fragment)[:500], max_length=60, word_boundary=True, save_order=True)
    return f"{ANCHOR_PREFIX}{name}" if name else ""


def _filename(address: str) -> str:
    return unquote(urlsplit_path(address)).rpartition("/")[2] or address


def _whole(address: str) -> str:
    return address if re.match(r"https?://", address, re.IGNORECASE) else ""
