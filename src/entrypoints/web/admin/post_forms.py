"""The editor's form: from what was typed to a text, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Literal

from pydantic import Field

from core.blog.entities import Post
from core.blog.schedule import instant_of
from core.blog.texts import PARTS_MAX, PostText
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.web.forms import WebForm

Intent = Literal["save", "keep", "publish", "schedule", "withdraw", "links"]
TEXT_FIELDS = tuple(field.name for field in fields(PostText))
YES = "yes"
_PART_DIGITS = 9


class PostForm(WebForm):
    """*intent* is the button: keep is what the editor does by itself (a draft is saved, beside a public text a copy is
    kept aside); links asks for more of *link_query*."""

    title: str = ""
    slug: str = ""
    description: str = ""
    tags: str = ""
    lang: str = ""
    body: str = ""
    cover: str = ""
    cover_alt: str = ""
    series: str = ""
    series_part: str = ""
    translation_of: str = ""
    is_pinned: str = ""
    meta_title: str = ""
    meta_description: str = ""
    canonical_url: str = ""
    publish_at: str = ""
    link_query: str = ""
    own_id: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")
    intent: Intent = "save"

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def text(self, *, default_lang: str) -> PostText:
        """Line ends as people mean them: browsers send CRLF. Raises Invalid for a part that is no number."""
        return PostText(
            title=self.title,
            body=self.body.replace("\r\n", "\n"),
            slug=self.slug.strip(),
            description=self.description.replace("\r\n", "\n"),
            lang=self.lang or default_lang,
            tags=tuple(tag for part in self.tags.split(",") if (tag := part.strip())),
            cover=self.cover or None,
            cover_alt=self.cover_alt,
            series=self.series,
            series_part=_part(self.series_part.strip()),
            translation_of=self.translation_of.strip(),
            is_pinned=self.is_pinned == YES,
            meta_title=self.meta_title,
            meta_description=self.meta_description.replace("\r\n", "\n"),
            canonical_url=self.canonical_url.strip(),
        )

    def preview(self, *, default_lang: str) -> PostText:
        """The same while it is being typed: half a number is no reason not to show the text."""
        return self.model_copy(update={"series_part": ""}).text(default_lang=default_lang)

    def at(self, zone: str) -> datetime | None:
        """When to publish, if the button asked for a time. Raises Invalid."""
        return instant_of(self.publish_at, zone) if self.intent == "schedule" else None


class VersionForm(WebForm):
    """A button: only which version it stood beside."""

    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


class PasteForm(WebForm):
    html: str = ""


def post_values(post: Post) -> dict[str, str]:
    return {**text_values(post.text), "version": str(post.version)}


def text_values(text: PostText) -> dict[str, str]:
    """As they stand in the form; what is off is not there, as browsers have it."""
    values = {name: _shown(getattr(text, name)) for name in TEXT_FIELDS}
    return {**values, "tags": ", ".join(text.tags)}


def settled(values: Mapping[str, str]) -> dict[str, str]:
    """*values* of the page with two versions: a field for which theirs was chosen has theirs."""
    chosen = {
        name: values[f"theirs-{name}"]
        for name in TEXT_FIELDS
        if values.get(f"take-{name}") == "theirs" and f"theirs-{name}" in values
    }
    own = {name: value for name, value in values.items() if not name.startswith(("theirs-", "take-"))}
    return {**own, **chosen}


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else ""
    return "" if value is None else str(value)


def _part(typed: str) -> int | None:
    if not typed:
        return None
    if typed.isascii() and typed.isdigit() and len(typed) <= _PART_DIGITS:
        return int(typed)
    words = N_("A number from 1 to %(limit)d, please.")
    raise Invalid(Problem.of("series_part", words, limit=PARTS_MAX))
