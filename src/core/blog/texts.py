"""What a writer types."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from core.errors import Problem
from core.locales import LOCALES
from core.slugs import slug_problem
from core.text import N_

TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 500
BODY_LENGTH = 500_000
TAG_LENGTH = 40
TAGS_MAX = 12
SERIES_LENGTH = 100
PARTS_MAX = 1_000
URL_LENGTH = 500
_TAG = re.compile(r"[^\W_]+(?:[-.+#][^\W_]*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PostText:
    """What a writer types, not yet checked. An empty *slug* asks for one made from the title; *description* is the
    excerpt in lists and feeds; *cover* is a media key; *series* the name of a series and *series_part* the place in
    it (None: by date); *translation_of* the id or the slug of a post of the same kind that this one is in another
    language; *meta_title* and *meta_description* take the place of title and description for search engines."""

    title: str
    body: str
    slug: str = ""
    description: str = ""
    lang: str = ""
    tags: tuple[str, ...] = ()
    cover: str | None = None
    cover_alt: str = ""
    series: str = ""
    series_part: int | None = None
    translation_of: str = ""
    is_pinned: bool = False
    meta_title: str = ""
    meta_description: str = ""
    canonical_url: str = ""

    def problems(self) -> list[Problem]:
        """What is wrong with any field. A draft may lack nearly everything; what it has must be usable."""
        found = [problem] if self.slug and (problem := slug_problem(self.slug)) else []
        limits = (
            ("title", TITLE_LENGTH),
            ("description", DESCRIPTION_LENGTH),
            ("body", BODY_LENGTH),
            ("cover_alt", DESCRIPTION_LENGTH),
            ("series", SERIES_LENGTH),
            ("meta_title", TITLE_LENGTH),
            ("meta_description", DESCRIPTION_LENGTH),
            ("canonical_url", URL_LENGTH),
        )
        for field, limit in limits:
            if len(getattr(self, field)) > limit:
                found.append(Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit))
        if self.lang not in LOCALES:
            found.append(Problem.of("lang", N_("Choose one of the languages offered.")))
        return [*found, *self._tag_problems(), *self._series_problems(), *self._address_problems()]

    def _tag_problems(self) -> list[Problem]:
        if len(self.tags) > TAGS_MAX:
            return [Problem.of("tags", N_("At most %(limit)d tags, please."), limit=TAGS_MAX)]
        bad = [tag for tag in self.tags if tag_problem(tag)]
        if bad:
            return [Problem.of("tags", N_("“%(tag)s” is not a tag: use letters, digits and hyphens."), tag=bad[0])]
        return []

    def _series_problems(self) -> list[Problem]:
        if self.series_part is None:
            return []
        if not self.series.strip():
            return [Problem.of("series", N_("A part needs the name of its series."))]
        if not 1 <= self.series_part <= PARTS_MAX:
            return [Problem.of("series_part", N_("A number from 1 to %(limit)d, please."), limit=PARTS_MAX)]
        return []

    def _address_problems(self) -> list[Problem]:
        if not self.canonical_url or _is_web_address(self.canonical_url):
            return []
        return [Problem.of("canonical_url", N_("Write the whole address, beginning with https://."))]


def text_fields(text: PostText) -> dict[str, object]:
    """The fields as they are kept in a revision or a working copy."""
    found = {field.name: getattr(text, field.name) for field in fields(text)}
    return {**found, "tags": list(text.tags)}


def text_of(kept: dict[str, object]) -> PostText:
    """What `text_fields` kept, also by an older release that knew fewer fields."""
    known = {field.name: kept[field.name] for field in fields(PostText) if field.name in kept}
    tags = known.get("tags")
    return PostText(**{**known, "tags": tuple(tags) if isinstance(tags, list) else ()})  # type: ignore[arg-type] # JSON


def clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Small letters, no blanks around, hyphens within, no doubles, in the order typed."""
    folded = ("-".join(tag.lower().split()) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in folded if tag))


def tag_problem(tag: str) -> Problem | None:
    """What is wrong with one tag, or None."""
    if len(tag) <= TAG_LENGTH and _TAG.fullmatch(tag):
        return None
    return Problem.of("tag", N_("“%(tag)s” is not a tag: use letters, digits and hyphens."), tag=tag)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError:
        return False
