"""Ghost's JSON export."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from core.blog.archives import ArchiveFormat, FoundItem, FoundPlace, Note, SkippedItem
from core.blog.entities import PostKind
from core.blog.texts import PostText
from core.slugs import SlugMaker
from core.text import N_
from services.archives.addresses import Journey, PictureFiles, Place, urlsplit_path
from services.archives.bodies import from_html
from services.archives.files import PICTURE_BYTES, ArchiveFiles, read_at_most
from services.archives.fitting import (
    Notes,
    Slugs,
    fitting_address,
    fitting_body,
    fitting_description,
    fitting_key,
    fitting_lang,
    fitting_tags,
    fitting_title,
    moment,
    note_slug,
    old_paths,
)
from services.archives.ghost_cards import UnknownCard, has_markdown, pieces
from services.archives.ghost_tables import GhostTables, Row, is_yes, said
from services.archives.sources import moved
from services.writing.trees import parsed, words_of

HOST = "__GHOST_URL__"
_SIZE = re.compile(r"^size/w[0-9]+(?:h[0-9]+)?/(?:format/[a-z]+/)?")
_PUBLIC = frozenset({"published", "scheduled"})
_NOTE_NAME = re.compile(r"\[\^([^\]\s]{1,100})\]")
_NOTE = re.compile(r"^ {0,3}\[\^[^\]\s]+\]:", re.MULTILINE)


class GhostArchive:
    """*export* is the name of the JSON among *files*."""

    format = ArchiveFormat.GHOST

    def __init__(self, files: ArchiveFiles, export: str, slugs: SlugMaker) -> None:
        self._files = files
        self._export = export
        self._tables = GhostTables.read(files, export)
        self._pictures = PictureFiles.below(files.names, ("content/images", "images"))
        self._places = self._find_places(Slugs(slugs))

    def places(self) -> Sequence[FoundPlace]:
        rows = ((row, self._places.get(said(row, "id"))) for row in self._tables.posts)
        return [FoundPlace(key=_key(row), kind=place.kind, slug=place.slug) for row, place in rows if place]

    def items(self) -> Iterator[FoundItem | SkippedItem]:
        for row in self._tables.posts:
            place = self._places.get(said(row, "id"))
            if place is None:
                yield SkippedItem(source=_source(row), reason=Note.of(N_("It is neither a post nor a page.")))
            else:
                yield self._item(row, place)
        yield from self._left_behind()

    def picture(self, name: str) -> bytes | None:
        return read_at_most(self._files, name, PICTURE_BYTES)

    def _left_behind(self) -> Iterator[SkippedItem]:
        for tag in self._tables.internal_tags:
            reason = Note.of(N_("Internal tags of Ghost are not shown to readers and stay behind."))
            yield SkippedItem(source=f"Ghost tag {said(tag, 'name')}", reason=reason)
        for label, address in self._tables.navigation():
            reason = Note.of(N_("Menus are not imported: %(address)s."), address=address.replace(HOST, "") or "/")
            yield SkippedItem(source=f"Ghost navigation {label}", reason=reason)
        others = [name for name in self._files.names if name != self._export and name.lower().endswith(".json")]
        for name in [*others, *self._files.nested]:
            yield SkippedItem(source=name, reason=Note.of(N_("This file is no part of the export that is read.")))

    def _find_places(self, slugs: Slugs) -> dict[str, Place]:
        places = {}
        for row in self._tables.posts:
            kind = _kind(row)
            if kind is not None:
                slug = slugs.take(kind, said(row, "slug"), said(row, "title"))
                places[said(row, "id")] = Place(kind, slug)
        return places

    def _item(self, row: Row, place: Place) -> FoundItem:
        notes = Notes()
        meta = self._tables.meta_of(row)
        journey = self._journey(notes)
        text = self._text(row, meta, place, journey)
        is_public = self._is_public(row, meta, notes)
        return FoundItem(
            key=_key(row),
            source=_source(row),
            kind=place.kind,
            text=text,
            is_public=is_public,
            published_at=moment(row.get("published_at")) if is_public else None,
            created_at=moment(row.get("created_at")),
            updated_at=moment(row.get("updated_at")),
            author_name=self._author(row, notes),
            old_paths=old_paths([f"/{said(row, 'slug')}/"], place.address),
            pictures=tuple(journey.pictures.values()),
            missing=tuple(journey.missing),
            notes=tuple(notes.said),
        )

    def _text(self, row: Row, meta: Row, place: Place, journey: Journey) -> PostText:
        notes = journey.notes
        note_slug(said(row, "slug"), place.slug, notes)
        cover_alt = said(meta, "feature_image_alt")
        cover = journey.cover(said(row, "feature_image"), cover_alt)
        self._note_dropped(row, meta, notes)
        return PostText(
            title=fitting_title(said(row, "title"), notes),
            body=fitting_body(self._body(row, journey), notes),
            slug=place.slug,
            description=fitting_description(said(row, "custom_excerpt"), "description", notes),
            lang=fitting_lang(said(row, "locale"), notes),
            tags=fitting_tags(self._tables.tags_of(row), notes),
            cover=cover,
            cover_alt=fitting_description(cover_alt, "cover_alt", notes) if cover else "",
            is_pinned=is_yes(row, "featured"),
            meta_title=fitting_title(said(meta, "meta_title"), notes),
            meta_description=fitting_description(said(meta, "meta_description"), "meta_description", notes),
            canonical_url=fitting_address(said(row, "canonical_url"), notes),
        )

    def _is_public(self, row: Row, meta: Row, notes: Notes) -> bool:
        if said(row, "visibility") not in ("", "public"):
            notes.add(N_("It was for members only and comes as a draft."))
            return False
        if said(row, "status") == "sent" or is_yes(meta, "email_only"):
            notes.add(N_("It was only sent by e-mail and comes as a draft."))
            return False
        return said(row, "status") in _PUBLIC

    def _note_dropped(self, row: Row, meta: Row, notes: Notes) -> None:
        if said(row, "codeinjection_head") or said(row, "codeinjection_foot"):
            notes.add(N_("Code put into its page was left out."))
        if said(meta, "feature_image_caption"):
            words = words_of(parsed(said(meta, "feature_image_caption")))
            notes.add(N_("The cover's caption was left out: %(caption)s"), caption=words[:200])
        if any(said(meta, key) for key in ("og_title", "og_description", "og_image", "twitter_title", "twitter_image")):
            notes.add(N_("Titles and pictures meant for social networks were left out."))
        internal = self._tables.internal_tags_of(row)
        if internal:
            notes.add(N_("Internal tags were left out: %(tags)s."), tags=", ".join(internal))

    def _author(self, row: Row, notes: Notes) -> str:
        first, *others = self._tables.authors_of(row) or [""]
        if others:
            notes.add(N_("Only the first author came over; left out: %(names)s."), names=", ".join(others))
        return fitting_title(first, notes)

    def _journey(self, notes: Notes) -> Journey:
        return Journey(
            place_of=self._place_of,
            name_of=self._name_of,
            is_of_old_site=_is_of_old_site,
            absolute=_rooted,
            notes=notes,
        )

    def _place_of(self, address: str) -> Place | None:
        if not _is_ours(address):
            return None
        slug = unquote(urlsplit_path(_rooted(address))).strip("/").rpartition("/")[2]
        return self._places.get(self._tables.id_of_slug(slug))

    def _name_of(self, address: str) -> str | None:
        path = urlsplit_path(_rooted(address))
        _, mark, rest = path.partition("/content/images/")
        if not mark:
            return None
        rest = _SIZE.sub("", rest)
        return self._pictures.find(unquote(rest), rest)

    def _body(self, row: Row, journey: Journey) -> str:
        html, lexical, mobiledoc = said(row, "html"), said(row, "lexical"), said(row, "mobiledoc")
        if html and not has_markdown(lexical or mobiledoc):
            return from_html(html, journey)
        try:
            return _joined(lexical, mobiledoc, journey) if lexical or mobiledoc else ""
        except UnknownCard:
            if not html:
                journey.notes.add(
                    N_("Its text cannot be read: neither HTML nor a known source of it is in the export.")
                )
            return from_html(html, journey)


def _joined(lexical: str, mobiledoc: str, journey: Journey) -> str:
    """The pieces of a body one after another; Markdown cards keep their source, each with notes of its own."""
    found = pieces(lexical, mobiledoc)
    with_notes = sum(1 for piece in found if piece.is_markdown and _NOTE.search(piece.text))
    written, html = [], ""
    for number, piece in enumerate(found, start=1):
        if not piece.is_markdown:
            html += piece.text
            continue
        written.append(from_html(html, journey))
        source = _NOTE_NAME.sub(rf"[^{number}-\1]", piece.text) if with_notes > 1 else piece.text
        written.append(moved(source, journey))
        html = ""
    written.append(from_html(html, journey))
    return "\n\n".join(part.strip("\n") for part in written if part.strip()) + "\n"


def _kind(row: Row) -> PostKind | None:
    kind = said(row, "type") or ("page" if is_yes(row, "page") else "post")
    return PostKind(kind) if kind in (PostKind.POST, PostKind.PAGE) else None


def _key(row: Row) -> str:
    return fitting_key(f"ghost:{said(row, 'uuid') or said(row, 'id')}")


def _source(row: Mapping[str, object]) -> str:
    return f"Ghost {said(row, 'type') or 'post'} {said(row, 'slug') or said(row, 'id')}"


def _is_ours(address: str) -> bool:
    return address.startswith(HOST) or (address.startswith("/") and not address.startswith("//"))


def _is_of_old_site(address: str) -> bool:
    """The front page is no item, and it is here, too."""
    return _is_ours(address) and urlsplit_path(_rooted(address)) not in ("", "/")


def _rooted(address: str) -> str:
    return (address.removeprefix(HOST) or "/") if address.startswith(HOST) else address


def candidates(names: Sequence[str]) -> list[str]:
    """Files that may be an export."""
    return [name for name in names if name.lower().endswith(".json") and not name.endswith("package.json")]
