"""Folders of Markdown with front matter: of Hugo, Jekyll, Bear."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize
from urllib.parse import unquote

from core.blog.archives import ArchiveFormat, BadArchive, FoundItem, FoundPlace, Note, SkippedItem
from core.blog.entities import PostKind
from core.slugs import SlugMaker
from core.text import N_
from services.archives.addresses import PICTURES, Journey, Place, urlsplit_path
from services.archives.files import PICTURE_BYTES, ArchiveFiles, read_at_most
from services.archives.fitting import Notes, Slugs, old_path
from services.archives.front_matter import BadFrontMatter, Fields, split
from services.archives.markdown_items import MarkdownFile, found_item
from services.archives.markdown_layout import OTHER_TEXTS, SUFFIXES, Layout

FILE_BYTES = 4 * 1024**2
_STATIC = ("", "static/", "assets/", "public/", "content/", "source/", "src/", "source/images/", "media/")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(slots=True)
class _Index:
    """What the first reading found, by the files' names; *firsts*: of each group of translations its first."""

    places: dict[str, Place] = field(default_factory=dict)
    found: dict[str, FoundPlace] = field(default_factory=dict)
    by_path: dict[str, Place] = field(default_factory=dict)
    firsts: dict[tuple[PostKind, str], str] = field(default_factory=dict)
    skipped: dict[str, Note] = field(default_factory=dict)


class MarkdownArchive:
    format = ArchiveFormat.MARKDOWN

    def __init__(self, files: ArchiveFiles, slugs: SlugMaker) -> None:
        self._files = files
        self._root = _root(files.names)
        self._names = {_folded(name.removeprefix(self._root)): name for name in files.names}
        self._index = _Index()
        self._read_index(Slugs(slugs))
        if not self._index.places and not self._index.skipped:
            raise BadArchive(N_("There is no Markdown file in the archive."))

    def places(self) -> Sequence[FoundPlace]:
        return [*self._index.found.values()]

    def items(self) -> Iterator[FoundItem | SkippedItem]:
        for name in self._files.names:
            short = name.removeprefix(self._root)
            if short in self._index.places:
                yield self._item(name, short)
            elif short in self._index.skipped:
                yield SkippedItem(source=short, reason=self._index.skipped[short])
            elif short.lower().endswith(OTHER_TEXTS) and not Layout.of(short).is_scaffolding:
                yield SkippedItem(source=short, reason=Note.of(N_("It is no Markdown.")))
        for name in self._files.nested:
            reason = Note.of(N_("Archives within the archive are not opened."))
            yield SkippedItem(source=name.removeprefix(self._root), reason=reason)

    def picture(self, name: str) -> bytes | None:
        return read_at_most(self._files, name, PICTURE_BYTES)

    def _read_index(self, slugs: Slugs) -> None:
        for name in self._files.names:
            short = name.removeprefix(self._root)
            if not short.lower().endswith(SUFFIXES):
                continue
            layout = Layout.of(short)
            try:
                fields, body = self._read(name)
            except BadFrontMatter as error:
                message = N_("Its front matter cannot be read: %(reason)s")
                self._index.skipped[short] = Note.of(message, reason=str(error))
                continue
            reason = _why_not(layout, fields)
            if reason is not None:
                self._index.skipped[short] = reason
            else:
                self._place(short, MarkdownFile(short, layout, fields, body), slugs)

    def _place(self, short: str, file: MarkdownFile, slugs: Slugs) -> None:
        index = self._index
        place = Place(file.kind, slugs.take(file.kind, file.wanted_slug, file.title))
        index.places[short] = place
        first = index.firsts.setdefault((file.kind, file.group), short)
        translated = index.places[first].slug if first != short else file.translated
        found = FoundPlace(key=file.key, kind=place.kind, slug=place.slug, translation_of=translated)
        index.found[short] = found
        for address in (place.address, *file.addresses(place.slug)):
            index.by_path.setdefault(old_path(address), place)

    def _read(self, name: str) -> tuple[Fields, str]:
        content = read_at_most(self._files, name, FILE_BYTES)
        if content is None:
            raise BadFrontMatter(f"the file is longer than {FILE_BYTES // 1024**2} MB")
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1251", "replace")
        return split(text.replace("\r\n", "\n").replace("\r", "\n"))

    def _item(self, name: str, short: str) -> FoundItem:
        fields, body = self._read(name)
        file = MarkdownFile(short, Layout.of(short), fields, body)
        notes = Notes()
        journey = Journey(
            place_of=lambda address: self._place_of(address, short),
            name_of=lambda address: self._name_of(address, short),
            is_of_old_site=lambda address: not _SCHEME.match(address) and address != "/",
            absolute=lambda address: address.removeprefix("ref:"),
            notes=notes,
        )
        return found_item(file, self._index.places[short], self._index.found[short].translation_of, journey)

    def _place_of(self, address: str, short: str) -> Place | None:
        is_reference = address.startswith("ref:")
        path = unquote(urlsplit_path(address.removeprefix("ref:")))
        if not path or (_SCHEME.match(address) and not is_reference):
            return None
        for wanted in _as_files(path, short):
            if (place := self._index.places.get(wanted)) is not None:
                return place
        if is_reference:
            tail = path.strip("/").rpartition("/")[2].removesuffix(".md")
            named = (place for name, place in self._index.places.items() if tail in _names_of(name))
            return next(named, None)
        shown = posixpath.join("/", *Layout.of(short).folders, Layout.of(short).stem)
        tried = (posixpath.normpath(posixpath.join(base, path)) for base in (shown, posixpath.dirname(shown)))
        return next((place for one in tried if (place := self._index.by_path.get(old_path(one)))), None)

    def _name_of(self, address: str, short: str) -> str | None:
        if _SCHEME.match(address):
            return None
        path = unquote(urlsplit_path(address))
        if not path.lower().endswith(PICTURES):
            return None
        folder = posixpath.dirname(short)
        tried = [f"{prefix}{path.lstrip('/')}" for prefix in _STATIC]
        if not path.startswith("/"):
            tried = [f"{folder}/{path}", f"{posixpath.splitext(short)[0]}/{path}", *tried]
        found = (self._names.get(_folded(posixpath.normpath(name).lstrip("/"))) for name in tried)
        return next(filter(None, found), None)


def _why_not(layout: Layout, fields: Fields) -> Note | None:
    if layout.is_scaffolding:
        return Note.of(N_("It belongs to a theme or a generator, not to the content."))
    if layout.is_list or fields.flag("headless"):
        return Note.of(N_("It heads a list of other pages; such lists make themselves here."))
    if layout.is_about_the_folder and not fields.is_given:
        return Note.of(N_("It is about the folder, not part of the site."))
    return None


def _as_files(path: str, short: str) -> Sequence[str]:
    """The files that a link to a file may mean."""
    folder = "" if path.startswith("/") else posixpath.dirname(short)
    base = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
    bare = path.strip("/")
    tried = [base, f"{base}.md", f"{base}/index.md", bare, f"{bare}.md"]
    return [*tried, *(f"content/{name}" for name in tried), f"_posts/{bare}.md", f"_posts/{bare}.markdown"]


def _names_of(short: str) -> set[str]:
    layout = Layout.of(short)
    return {layout.stem, layout.path.stem, layout.named}


def _root(names: Sequence[str]) -> str:
    """The one folder that all files are in, if there is one that says nothing itself."""
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or "/" not in next(iter(names), ""):
        return ""
    top = tops.pop()
    meaning = Layout.of(f"{top}/a.md")
    is_plain = not meaning.is_in_content and not top.startswith("_") and meaning.kind(Fields({})) is PostKind.POST
    return f"{top}/" if is_plain and top.lower() not in ("posts", "post", "blog", "media") else ""


def _folded(name: str) -> str:
    return normalize("NFC", name).lower()
