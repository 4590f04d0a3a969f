"""One text of our own export, to the letter as far as it is usable here."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.blog.addresses import address_of
from core.blog.archives import FoundItem, FoundPlace, PictureReference, picture_mark, settle
from core.blog.entities import PostKind
from core.blog.exports import FOLDERS, MEDIA, is_alias
from core.blog.texts import (
    BODY_LENGTH,
    DESCRIPTION_LENGTH,
    PARTS_MAX,
    SERIES_LENGTH,
    TAGS_MAX,
    TITLE_LENGTH,
    PostText,
    clean_tags,
    tag_problem,
)
from core.text import N_
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
    old_path,
    undated,
)
from services.archives.front_matter import BadFrontMatter, read_yaml

HEAD_LENGTH = 1_000_000
ANY_KEY = f"{'0' * 32}.webp"
KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_HEAD = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)(?:\r?\n)?", re.DOTALL | re.MULTILINE)
_SHOWN = re.compile(rf"(?P<before>\]\(|\]: ){MEDIA}/(?P<name>[A-Za-z0-9_.-]+)(?=[\s)]|\Z)")


@dataclass(frozen=True, slots=True)
class OwnText:
    """*short* is its path in the export, *said* its front matter, *body* what stands behind it, byte for byte."""

    short: str
    said: Mapping[str, Any]
    body: str

    @property
    def kind(self) -> PostKind:
        return KINDS[self.short.partition("/")[0]]

    @property
    def slug(self) -> str:
        """The one it asks for."""
        return self.words("slug") or self.short.rpartition("/")[2].removesuffix(".md")

    @property
    def key(self) -> str:
        origin = self.words("origin")
        return fitting_key(origin or f"markdown:{self.short}")

    @property
    def cover(self) -> str:
        return self.words("cover").removeprefix(f"{MEDIA}/")

    @property
    def picture_names(self) -> list[str]:
        """What it shows and links to below media/, the cover first."""
        shown = [found["name"] for found in _SHOWN.finditer(self.body)]
        return list(dict.fromkeys([self.cover, *shown] if self.cover else shown))

    def words(self, name: str) -> str:
        said = self.said.get(name)
        return said if isinstance(said, str) else ""

    def several(self, name: str) -> list[str]:
        said = self.said.get(name)
        return [words for words in said if isinstance(words, str)] if isinstance(said, list) else []

    def is_so(self, name: str) -> bool:
        return self.words(name).lower() == "true"

    def moment(self, name: str) -> datetime | None:
        return moment(self.words(name))


def own_text(short: str, content: bytes) -> OwnText:
    """Raises BadFrontMatter."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        raise BadFrontMatter("it is not UTF-8") from None
    found = _HEAD.match(text)
    if found is None:
        raise BadFrontMatter("there is none")
    return OwnText(short, read_yaml(found[1], limit=HEAD_LENGTH), text[found.end() :])


def own_item(text: OwnText, place: FoundPlace, pictures: Mapping[str, PictureReference]) -> FoundItem:
    """*pictures* are those of the archive by their names below media/."""
    notes = Notes()
    shown = [pictures[name] for name in text.picture_names if name in pictures]
    missing = [f"{MEDIA}/{name}" for name in text.picture_names if name not in pictures]
    for address in missing:
        notes.add(N_("The picture %(address)s is not in the archive; a link took its place."), address=address)
    return FoundItem(
        key=place.key,
        source=text.short,
        kind=place.kind,
        text=_post_text(text, place, pictures, notes),
        is_public=_is_public(text, notes),
        published_at=text.moment("date"),
        created_at=text.moment("created") or text.moment("date"),
        updated_at=text.moment("updated"),
        author_name=_title(text, "author", notes),
        old_paths=_old_paths(text.several("aliases"), address_of(place.kind, place.slug)),
        pictures=tuple(shown),
        missing=tuple(missing),
        notes=tuple(notes.said),
    )


def _post_text(text: OwnText, place: FoundPlace, pictures: Mapping[str, PictureReference], notes: Notes) -> PostText:
    note_slug(text.slug, place.slug, notes)
    cover = pictures.get(text.cover)
    series = _line(text.words("series"), SERIES_LENGTH, lambda words: fitting_series(words, notes)).strip()
    return PostText(
        title=_title(text, "title", notes),
        body=_body(text.body, pictures, notes),
        slug=place.slug,
        description=_described(text, "description", notes),
        lang=fitting_lang(text.words("lang"), notes),
        tags=_tags(text.several("tags"), notes),
        cover=cover.name if cover else None,
        cover_alt=_described(text, "cover_alt", notes),
        series=series,
        series_part=_part(text.words("series_part")) if series else None,
        translation_of=place.translation_of,
        is_pinned=text.is_so("pinned"),
        meta_title=_title(text, "meta_title", notes),
        meta_description=_described(text, "meta_description", notes),
        canonical_url=fitting_address(text.words("canonical_url"), notes),
    )


def _is_public(text: OwnText, notes: Notes) -> bool:
    if text.is_so("draft"):
        return False
    if text.moment("date") is None:
        undated(text.words("date"), notes)
        return False
    return True


def _title(text: OwnText, name: str, notes: Notes) -> str:
    return _line(text.words(name), TITLE_LENGTH, lambda words: fitting_title(words, notes))


def _described(text: OwnText, name: str, notes: Notes) -> str:
    return _line(text.words(name), DESCRIPTION_LENGTH, lambda words: fitting_description(words, name, notes))


def _body(body: str, pictures: Mapping[str, PictureReference], notes: Notes) -> str:
    """*body* with marks for its pictures: it counts as long as it will be with their addresses."""

    def marked(found: re.Match[str]) -> str:
        picture = pictures.get(found["name"])
        return f"{found['before']}{picture_mark(picture.name)}" if picture else found[0]

    made = _SHOWN.sub(marked, body)
    is_usable = "\x00" not in made and len(settle(made, tuple(pictures.values()), _any_keys(pictures))) <= BODY_LENGTH
    return made if is_usable else fitting_body(made, notes)


def _any_keys(pictures: Mapping[str, PictureReference]) -> Mapping[str, str]:
    return {picture.name: ANY_KEY for picture in pictures.values()}


def _line(words: str, limit: int, fit: Callable[[str], str]) -> str:
    return words if "\x00" not in words and len(words) <= limit else fit(words)


def _tags(said: Sequence[str], notes: Notes) -> tuple[str, ...]:
    tags = clean_tags(tuple(said))
    return tags if len(tags) <= TAGS_MAX and not any(map(tag_problem, tags)) else fitting_tags(said, notes)


def _part(said: str) -> int | None:
    number = int(said) if re.fullmatch(r"[0-9]{1,6}", said) else 0
    return number if 1 <= number <= PARTS_MAX else None


def _old_paths(said: Sequence[str], own: str) -> tuple[str, ...]:
    paths = (path if is_alias(path) else old_path(path) for path in said)
    return tuple(path for path in dict.fromkeys(paths) if path and path != own)
