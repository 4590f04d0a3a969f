"""What a text was, and who may look early, as programs see it."""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.blog.addresses import PREVIEW_DAYS, PREVIEW_DAYS_MAX
from core.blog.history import Revision
from core.blog.previews import Preview
from core.blog.texts import PostText
from core.diff import ChangeKind, Difference
from entrypoints.api.models import MomentShown, Shown, Wanted

LISTED_EXAMPLE: JsonDict = {
    "number": 2,
    "saved_at": "2026-03-01T09:05:00Z",
    "saved_by": {"id": "0d9f1c2b3a4e5f60718293a4b5c6d7e8", "name": "Anna Lind"},
    "is_auto": False,
    "title": "Timeouts, retries and the bill for both",
    "characters": 1042,
}
PREVIEW_EXAMPLE: JsonDict = {
    "id": "5f0c6e0f7b9d4f6f9a3c1b2d",
    "url": "https://anna.example/preview/trv_5f0c6e0f7b9d4f6f9a3c1b2d",
    "created_at": "2026-03-01T09:05:00Z",
    "created_by": "Anna Lind",
    "expires_at": "2026-03-08T09:05:00Z",
}


class SaverShown(Shown):
    """*id* is null when it was not one of the site's people."""

    id: str | None
    name: str


class RevisionListed(Shown):
    """*number* is the version that the text had then; *is_auto*: the editor saved it by itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [LISTED_EXAMPLE]})

    number: int
    saved_at: MomentShown
    saved_by: SaverShown
    is_auto: bool
    title: str
    characters: int

    @classmethod
    def of(cls, revision: Revision) -> RevisionListed:
        return cls(
            number=revision.number,
            saved_at=revision.saved_at,
            saved_by=SaverShown(id=revision.saved_by, name=revision.saved_by_name),
            is_auto=revision.is_auto,
            title=revision.text.title,
            characters=len(revision.text.body),
        )


class RevisionsShown(Shown):
    items: tuple[RevisionListed, ...]
    next_cursor: str | None


class TextShown(Shown):
    """All that a writer typed; a PUT of it gives the text again."""

    title: str
    body: str
    slug: str
    description: str
    lang: str
    tags: tuple[str, ...]
    cover: str | None
    cover_alt: str
    series: str
    series_part: int | None
    translation_of: str
    is_pinned: bool
    meta_title: str
    meta_description: str
    canonical_url: str


class RevisionShown(Shown):
    """A text as it was."""

    number: int
    saved_at: MomentShown
    saved_by: SaverShown
    is_auto: bool
    text: TextShown

    @classmethod
    def of(cls, revision: Revision) -> RevisionShown:
        text = {field.name: getattr(revision.text, field.name) for field in fields(PostText)}
        return cls(
            number=revision.number,
            saved_at=revision.saved_at,
            saved_by=SaverShown(id=revision.saved_by, name=revision.saved_by_name),
            is_auto=revision.is_auto,
            text=TextShown(**text),
        )


class ComparisonQuery(Wanted):
    """Without *new* the text as it stands is compared."""

    model_config = ConfigDict(strict=False)

    old: Annotated[int, Field(ge=1, le=10**9 - 1, description="The number of the earlier revision.")]
    new: Annotated[int | None, Field(ge=1, le=10**9 - 1, description="The number of the later one.")] = None


class ChangeShown(Shown):
    kind: ChangeKind
    text: str


class DifferenceShown(Shown):
    """*changes* joined without what was inserted are *old*, without what was deleted *new*; empty for a field that is
    replaced whole."""

    field: str
    old: str
    new: str
    changes: tuple[ChangeShown, ...]

    @classmethod
    def of(cls, difference: Difference) -> DifferenceShown:
        changes = tuple(ChangeShown(kind=change.kind, text=change.text) for change in difference.changes)
        return cls(field=difference.field, old=difference.old, new=difference.new, changes=changes)


class ComparisonShown(Shown):
    """*new* is null for the text as it stands."""

    old: int
    new: int | None
    differences: tuple[DifferenceShown, ...]


class PreviewWanted(Wanted):
    """For how many *days* the link is valid."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"days": 14}]})

    days: Annotated[int, Field(json_schema_extra={"minimum": 1, "maximum": PREVIEW_DAYS_MAX})] = PREVIEW_DAYS


class PreviewShown(Shown):
    """Whoever has *url* reads the text as it stands, without signing in."""

    model_config = ConfigDict(json_schema_extra={"examples": [PREVIEW_EXAMPLE]})

    id: str
    url: str
    created_at: MomentShown
    created_by: str
    expires_at: MomentShown

    @classmethod
    def of(cls, preview: Preview, site_url: str) -> PreviewShown:
        return cls(
            id=preview.link.id,
            url=f"{site_url}/preview/{preview.token}",
            created_at=preview.link.created_at,
            created_by=preview.link.created_by_name,
            expires_at=preview.link.expires_at,
        )


class PreviewsShown(Shown):
    """Those that are valid, newest first; there are never more than fit into one answer."""

    items: tuple[PreviewShown, ...]
    next_cursor: None = None
