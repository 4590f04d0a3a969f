"""A post as programs see and send it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.blog.addresses import address_of
from core.blog.entities import Post, PostStatus
from core.blog.texts import (
    BODY_LENGTH,
    DESCRIPTION_LENGTH,
    PARTS_MAX,
    SERIES_LENGTH,
    TAG_LENGTH,
    TAGS_MAX,
    TITLE_LENGTH,
    URL_LENGTH,
    PostText,
)
from core.locales import LOCALES
from core.slugs import SLUG_LENGTH
from entrypoints.api.etags import version_tag
from entrypoints.api.models import MomentShown, MomentWanted, Paging, Shown, Wanted

WANTED_EXAMPLE: JsonDict = {
    "title": "Timeouts, retries and the bill for both",
    "body": "A retry without a deadline is a **slow outage**.\n",
    "description": "What a deadline buys.",
    "lang": "en",
    "tags": ["reliability", "http"],
}
SHOWN_EXAMPLE: JsonDict = {
    "id": "5f0c6e0f7b9d4f6f9a3c1b2d4e5f6a7b",
    "slug": "timeouts-retries-and-the-bill-for-both",
    "title": "Timeouts, retries and the bill for both",
    "description": "What a deadline buys.",
    "body": "A retry without a deadline is a **slow outage**.\n",
    "html": "<p>A retry without a deadline is a <strong>slow outage</strong>.</p>\n",
    "lang": "en",
    "tags": ["reliability", "http"],
    "status": "published",
    "cover": None,
    "cover_alt": "",
    "series": "Deadlines",
    "series_slug": "deadlines",
    "series_part": 2,
    "translation_of": "",
    "is_pinned": False,
    "meta_title": "",
    "meta_description": "",
    "canonical_url": "",
    "words": 9,
    "reading_minutes": 1,
    "author": {"id": "0d9f1c2b3a4e5f60718293a4b5c6d7e8", "name": "Anna Lind", "slug": "anna-lind"},
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:05:00Z",
    "published_at": "2026-03-01T09:05:00Z",
    "trashed_at": None,
    "version": 2,
    "url": "https://anna.example/blog/timeouts-retries-and-the-bill-for-both",
}


class PostWanted(Wanted):
    """The text of a post or page. Without *slug* it gets one from its title and keeps it; *lang* is the site's language
    unless said; *cover* is a media key; *series_part* its place in the series; *translation_of* the id or slug of what
    it says in another language; *meta_…* is for search engines."""

    model_config = ConfigDict(json_schema_extra={"examples": [WANTED_EXAMPLE]})

    title: Annotated[str, Field(json_schema_extra={"maxLength": TITLE_LENGTH})]
    body: Annotated[str, Field(json_schema_extra={"maxLength": BODY_LENGTH, "contentMediaType": "text/markdown"})] = ""
    slug: Annotated[str, Field(json_schema_extra={"maxLength": SLUG_LENGTH})] = ""
    description: Annotated[str, Field(json_schema_extra={"maxLength": DESCRIPTION_LENGTH})] = ""
    lang: Annotated[str | None, Field(json_schema_extra={"enum": [*LOCALES, None]})] = None
    tags: Annotated[
        tuple[Annotated[str, Field(json_schema_extra={"maxLength": TAG_LENGTH})], ...],
        Field(json_schema_extra={"maxItems": TAGS_MAX}),
    ] = ()
    cover: str | None = None
    cover_alt: Annotated[str, Field(json_schema_extra={"maxLength": DESCRIPTION_LENGTH})] = ""
    series: Annotated[str, Field(json_schema_extra={"maxLength": SERIES_LENGTH})] = ""
    series_part: Annotated[int | None, Field(json_schema_extra={"minimum": 1, "maximum": PARTS_MAX})] = None
    translation_of: str = ""
    is_pinned: bool = False
    meta_title: Annotated[str, Field(json_schema_extra={"maxLength": TITLE_LENGTH})] = ""
    meta_description: Annotated[str, Field(json_schema_extra={"maxLength": DESCRIPTION_LENGTH})] = ""
    canonical_url: Annotated[str, Field(json_schema_extra={"maxLength": URL_LENGTH, "format": "uri"})] = ""

    @classmethod
    def of(cls, post: Post) -> PostWanted:
        """What would leave *post* as it is: a merge patch is applied to this."""
        return cls(**{name: getattr(post, name) for name in cls.model_fields})

    def text(self, *, default_lang: str) -> PostText:
        typed = {name: getattr(self, name) for name in type(self).model_fields}
        return PostText(**{**typed, "lang": default_lang if self.lang is None else self.lang})


class PublicationWanted(Wanted):
    """When readers see the post; at once without *published_at*."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"published_at": "2027-01-01T08:00:00Z"}]})

    published_at: MomentWanted | None = None


class AuthorShown(Shown):
    """*id* is null when the author is not among the site's people; *slug* is her address under /blog/authors/."""

    id: str | None
    name: str
    slug: str


class PostShown(Shown):
    """*html* was rendered from *body* and is safe to put into a page; *published_at* of a scheduled post is yet to
    come; nobody else sees a post with *trashed_at*, whatever its status; *url* is where readers find it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN_EXAMPLE]})

    id: str
    slug: str
    title: str
    description: str
    body: str
    html: str
    lang: str
    tags: tuple[str, ...]
    status: PostStatus
    cover: str | None
    cover_alt: str
    series: str
    series_slug: str
    series_part: int | None
    translation_of: str
    is_pinned: bool
    meta_title: str
    meta_description: str
    canonical_url: str
    words: int
    reading_minutes: int
    author: AuthorShown
    created_at: MomentShown
    updated_at: MomentShown
    published_at: MomentShown | None
    trashed_at: MomentShown | None
    version: int
    url: str

    @classmethod
    def of(cls, post: Post, *, now: datetime, site_url: str) -> PostShown:
        told: dict[str, Any] = {
            "status": post.status(now),
            "author": AuthorShown(id=post.author_id, name=post.author_name, slug=post.author_slug),
            "url": site_url + address_of(post.kind, post.slug),
        }
        return cls(**{name: getattr(post, name) for name in cls.model_fields if name not in told}, **told)

    @property
    def tag(self) -> str:
        """Its ETag. The clock alone makes a scheduled post a published one, so that state is part of it."""
        return version_tag(self.version, "scheduled" if self.status is PostStatus.SCHEDULED else "")


class PostsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SHOWN_EXAMPLE], "next_cursor": None}]})

    items: tuple[PostShown, ...]
    next_cursor: str | None


class PagesQuery(Paging):
    """*status* other than published needs the right to read what is not public; *q* is a full-text search."""

    slug: Annotated[str | None, Field(description="Only the one at this address.")] = None
    q: Annotated[str | None, Field(description="Words to look for in title, tags, description and text.")] = None
    lang: Annotated[str | None, Field(description="Only those in this language.")] = None
    status: Annotated[
        Literal["published", "draft", "scheduled", "withdrawn", "any"],
        Field(description="`published`, or with the right to see them `draft`, `scheduled`, `withdrawn`, `any`."),
    ] = "published"

    @property
    def wanted_status(self) -> PostStatus | None:
        return None if self.status == "any" else PostStatus(self.status)


class PostsQuery(PagesQuery):
    """*status* other than published needs the right to read what is not public; *q* is a full-text search in
    title, tags, description and text, as on the site's own page."""

    tag: Annotated[str | None, Field(description="Only posts with this tag.")] = None
    series: Annotated[str | None, Field(description="Only posts of this series, by its `series_slug`.")] = None
    author: Annotated[str | None, Field(description="Only posts of this author, by `author.slug`.")] = None
