"""What another site of ours exported: told from other folders of Markdown by its manifest."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from core.blog.archives import (
    ArchiveFormat,
    FoundItem,
    FoundPicture,
    FoundPlace,
    Note,
    PictureReference,
    SkippedItem,
)
from core.blog.exports import MANIFEST, MANIFEST_FORMAT, MEDIA
from core.slugs import SlugMaker
from core.text import N_
from services.archives.addresses import PICTURES
from services.archives.files import PICTURE_BYTES, ArchiveFiles, read_at_most
from services.archives.fitting import Slugs
from services.archives.front_matter import BadFrontMatter
from services.archives.own_text import KINDS, OwnText, own_item, own_text

FILE_BYTES = 8 * 1024**2
MANIFEST_BYTES = 32 * 1024**2
_TEXT = re.compile(rf"({'|'.join(KINDS)})/[^/]+\.md")


class OwnArchive:
    """Texts are taken as they are: HTML and shortcodes in them are words."""

    format = ArchiveFormat.MARKDOWN

    def __init__(self, files: ArchiveFiles, root: str, manifest: Mapping[str, Any], slugs: SlugMaker) -> None:
        """*root* is the folder that *manifest* was found in."""
        self._files = files
        self._root = root
        self._pictures = _pictures([name.removeprefix(root) for name in files.names], manifest)
        self._places: dict[str, FoundPlace] = {}
        self._skipped: dict[str, Note] = {}
        self._shown: set[str] = set()
        self._read_index(Slugs(slugs))

    def places(self) -> Sequence[FoundPlace]:
        return [*self._places.values()]

    def items(self) -> Iterator[FoundItem | FoundPicture | SkippedItem]:
        for short, place in self._places.items():
            yield self._item(short, place)
        for name, picture in self._pictures.items():
            if name not in self._shown:
                yield FoundPicture(source=f"{MEDIA}/{name}", picture=picture)
        for short, reason in self._skipped.items():
            yield SkippedItem(source=short, reason=reason)
        for name in self._files.nested:
            reason = Note.of(N_("Archives within the archive are not opened."))
            yield SkippedItem(source=name.removeprefix(self._root), reason=reason)

    def picture(self, name: str) -> bytes | None:
        return read_at_most(self._files, f"{self._root}{name}", PICTURE_BYTES)

    def _item(self, short: str, place: FoundPlace) -> FoundItem | SkippedItem:
        try:
            return own_item(self._read(short), place, self._pictures)
        except BadFrontMatter as error:  # somebody changed the file meanwhile
            return SkippedItem(source=short, reason=_unreadable(error))

    def _read_index(self, slugs: Slugs) -> None:
        """Originals first, then what translates them."""
        texts, keys = [], set[str]()
        for name in self._files.names:
            short = name.removeprefix(self._root)
            if not _TEXT.fullmatch(short):
                self._note_other(short)
                continue
            try:
                text = self._read(short)
            except BadFrontMatter as error:
                self._skipped[short] = _unreadable(error)
                continue
            self._shown |= set(text.picture_names)
            slug = slugs.take(text.kind, text.slug, text.words("title"))
            key = text.key if text.key not in keys else f"markdown:{short}"
            keys.add(key)
            translated = text.words("translation_of")
            texts.append((short, FoundPlace(key=key, kind=text.kind, slug=slug, translation_of=translated)))
        self._places = dict(sorted(texts, key=lambda pair: bool(pair[1].translation_of)))

    def _note_other(self, short: str) -> None:
        is_known = short == MANIFEST or short.removeprefix(f"{MEDIA}/") in self._pictures
        if not is_known:
            self._skipped[short] = Note.of(N_("It is no part of an export."))

    def _read(self, short: str) -> OwnText:
        content = read_at_most(self._files, f"{self._root}{short}", FILE_BYTES)
        if content is None:
            raise BadFrontMatter(f"the file is longer than {FILE_BYTES // 1024**2} MB")
        return own_text(short, content)


def find_manifest(files: ArchiveFiles) -> tuple[str, Mapping[str, Any]] | None:
    """The folder of our manifest (the archive's own, or the one that everything is in), and what that says; None when
    there is none."""
    top = f"{next(iter(files.names), '').partition('/')[0]}/"
    roots = ["", top] if all(name.startswith(top) for name in files.names) else [""]
    for root in roots:
        if f"{root}{MANIFEST}" in files.names:
            manifest = _read_json(read_at_most(files, f"{root}{MANIFEST}", MANIFEST_BYTES) or b"")
            if manifest.get("format") == MANIFEST_FORMAT:
                return root, manifest
    return None


def _unreadable(error: BadFrontMatter) -> Note:
    return Note.of(N_("Its front matter cannot be read: %(reason)s"), reason=str(error))


def _read_json(content: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _pictures(names: Sequence[str], manifest: Mapping[str, Any]) -> dict[str, PictureReference]:
    """All pictures below media/ by their names there, with what the manifest says of them."""
    said = manifest.get("media")
    told = [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []
    alts = {str(one.get("name")): one["alt"] for one in told if isinstance(one.get("alt"), str)}
    inside = (name.removeprefix(f"{MEDIA}/") for name in names if name.startswith(f"{MEDIA}/"))
    return {
        name: PictureReference(name=f"{MEDIA}/{name}", alt=alts.get(name, ""))
        for name in inside
        if name.lower().endswith(PICTURES)
    }
