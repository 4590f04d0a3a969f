"""One Markdown file as a post or a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from core.blog.archives import FoundItem
from core.blog.entities import PostKind
from core.blog.texts import PARTS_MAX, PostText
from core.text import N_
from services.archives.addresses import Journey, Place
from services.archives.fitting import (
    Notes,
    fitting_address,
    fitting_body,
    fitting_description,
    fitting_key,
    fitting_lang,
    fitting_series,
    fitting_tags,
    fitting_title,
    moment,
    note_slug,
    old_paths,
    undated,
)
from services.archives.front_matter import Fields
from services.archives.markdown_layout import Layout
from services.archives.sources import moved

_DATES = ("date", "published_date", "published_at", "publish_date", "pub_date", "first_published_at", "published")
_CREATED = ("created", "created_at", "date_created")
_UPDATED = ("updated", "updated_at", "lastmod", "last_mod", "last_modified_at", "last_modified", "modified")
_COVERS = (
    "cover.image", "cover.src", "cover", "featured_image", "feature_image", "image.path", "image.src", "image", "hero",
    "banner", "thumbnail", "header.image", "header.overlay_image", "header.teaser", "meta_image", "images",
)  # fmt: skip
_HEADING = re.compile(r"\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """*short* is its path in the archive's own folder."""

    short: str
    layout: Layout
    fields: Fields
    body: str

    @property
    def key(self) -> str:
        """Two folders may well have an about.md each: its date, or else its title, tells them apart."""
        written_at = self.published_at or self.fields.moment(*_CREATED)
        return fitting_key(f"markdown:{self.short}:{written_at.isoformat() if written_at else self.title}")

    @property
    def kind(self) -> PostKind:
        return self.layout.kind(self.fields)

    @property
    def title(self) -> str:
        heading = _HEADING.match(self.body)
        named = self.layout.named.replace("-", " ").replace("_", " ").strip().capitalize()
        return self.fields.text("title") or (heading[1] if heading else named)

    @property
    def wanted_slug(self) -> str:
        permalink = self.fields.text("permalink", "url")
        last = permalink.rstrip("/").rpartition("/")[2].removesuffix(".html")
        return self.fields.text("slug", "link") or ("" if ":" in permalink else last) or self.layout.named

    @property
    def group(self) -> str:
        return self.fields.text("translation_key") or self.layout.group

    @property
    def translated(self) -> str:
        """The slug of what it says that it translates."""
        return self.fields.text("translation_of")

    @property
    def published_at(self) -> datetime | None:
        return self.fields.moment(*_DATES) or moment(self.layout.date)

    def addresses(self, slug: str) -> list[str]:
        """All that led to it before."""
        said = self.fields.several("aliases", "alias", "redirect_from", "old_paths")
        permalinks = [address for address in self.fields.several("permalink", "url") if ":" not in address]
        return [*said, *permalinks, *self.layout.addresses(self.fields, slug)]


def found_item(file: MarkdownFile, place: Place, translated: str, journey: Journey) -> FoundItem:
    """*translated* is the slug of the text that this one is a translation of."""
    fields, notes = file.fields, journey.notes
    text = _text(file, place, translated, journey)
    is_public = _is_public(file, notes)
    return FoundItem(
        key=file.key,
        source=file.short,
        kind=place.kind,
        text=text,
        is_public=is_public,
        published_at=file.published_at if is_public else None,
        created_at=fields.moment(*_CREATED) or file.published_at,
        updated_at=fields.moment(*_UPDATED),
        author_name=fitting_title(fields.text("author.name", "author", "authors"), notes),
        old_paths=old_paths(file.addresses(place.slug), place.address),
        pictures=tuple(journey.pictures.values()),
        missing=tuple(journey.missing),
        notes=tuple(notes.said),
    )


def _text(file: MarkdownFile, place: Place, translated: str, journey: Journey) -> PostText:
    fields, notes = file.fields, journey.notes
    note_slug(fields.text("slug", "link"), place.slug, notes)
    cover, cover_alt = _cover(fields, journey)
    series = fitting_series(fields.text("series"), notes)
    return PostText(
        title=fitting_title(file.title, notes),
        body=fitting_body(_body(file, journey), notes),
        slug=place.slug,
        description=fitting_description(_description(file), "description", notes),
        lang=fitting_lang(fields.text("lang", "language", "locale") or file.layout.lang, notes),
        tags=fitting_tags(_tag_names(file), notes),
        cover=cover,
        cover_alt=fitting_description(cover_alt, "cover_alt", notes) if cover else "",
        series=series,
        series_part=_part(fields.text("series_part", "series_order")) if series else None,
        translation_of=translated,
        is_pinned=bool(fields.flag("pinned", "is_pinned", "pin", "sticky", "featured")),
        meta_title=fitting_title(fields.text("meta_title", "seo_title"), notes),
        meta_description=fitting_description(_meta(file), "meta_description", notes),
        canonical_url=fitting_address(fields.text("canonical_url", "canonical"), notes),
    )


def _description(file: MarkdownFile) -> str:
    return file.fields.text("description", "summary", "excerpt", "subtitle") or _meta(file)


def _meta(file: MarkdownFile) -> str:
    return file.fields.text("meta_description")


def _tag_names(file: MarkdownFile) -> list[str]:
    names = file.fields.several(
        "tags", "tag", "all_tags", "taxonomies.tags", "categories", "category", "taxonomies.categories"
    )
    is_jekyll = any(folder.startswith("_") for folder in file.layout.folders)
    words = file.fields.text("tags")
    if is_jekyll and " " in words and names[:1] == [words]:
        return [*words.split(), *names[1:]]
    return names


def _cover(fields: Fields, journey: Journey) -> tuple[str | None, str]:
    alt = fields.text("cover_alt", "cover.alt", "image_alt", "image.alt", "featured_image_alt", "feature_image_alt")
    names = (name for name in _COVERS if "." in name or not fields.is_map(name))
    return journey.cover(next(filter(None, map(fields.text, names)), ""), alt), alt


def _part(said: str) -> int | None:
    number = int(said) if re.fullmatch(r"[0-9]{1,6}", said) else 0
    return number if 1 <= number <= PARTS_MAX else None


def _is_public(file: MarkdownFile, notes: Notes) -> bool:
    fields = file.fields
    if fields.text("password"):
        notes.add(N_("It was behind a password and comes as a draft."))
        return False
    if fields.flag("draft") or fields.flag("published", "publish") is False or file.layout.is_draft:
        return False
    if fields.text("status").lower() in ("draft", "private", "hidden") or fields.flag("private", "hidden", "unlisted"):
        notes.add(N_("It was hidden and comes as a draft."))
        return False
    if (file.kind is PostKind.PAGE and fields.is_given) or file.published_at:
        return True
    undated(next((said for name in _DATES if (said := fields.text(name)) and fields.flag(name) is None), ""), notes)
    return False


def _body(file: MarkdownFile, journey: Journey) -> str:
    body = file.body
    heading = _HEADING.match(body)
    if heading and (not file.fields.text("title") or heading[1].strip() == file.fields.text("title")):
        body = body[heading.end() :]
    return moved(body, journey).strip("\n") + "\n"
