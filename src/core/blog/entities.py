"""A post and what can become of it."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.blog.errors import NotReady, PostInTrash
from core.errors import Problem, refuse_if_any
from core.identity import UserId
from core.locales import LOCALES
from core.markdown import Rendered
from core.slugs import slug_problem
from core.text import N_

PostId = NewType("PostId", str)

TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 500
BODY_LENGTH = 500_000
TAG_LENGTH = 40
TAGS_MAX = 12
WORDS_PER_MINUTE = 220
_TAG = re.compile(r"[^\W_]+(?:[-.+#][^\W_]*)*")


class PostStatus(StrEnum):
    """What a reader of the desk or the API sees; SCHEDULED is published with a date that is yet to come."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostText:
    """What a writer types, not yet checked. An empty *slug* asks for one made from the title;
    *cover* is a media key."""

    title: str
    body: str
    slug: str = ""
    description: str = ""
    lang: str = ""
    tags: tuple[str, ...] = ()
    cover: str | None = None
    cover_alt: str = ""

    def problems(self) -> list[Problem]:
        """What is wrong with any field. A draft may lack nearly everything; what it has must be usable."""
        found = [problem] if self.slug and (problem := slug_problem(self.slug)) else []
        limits = (
            ("title", TITLE_LENGTH),
            ("description", DESCRIPTION_LENGTH),
            ("body", BODY_LENGTH),
            ("cover_alt", DESCRIPTION_LENGTH),
        )
        for field, limit in limits:
            if len(getattr(self, field)) > limit:
                found.append(Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit))
        if self.lang not in LOCALES:
            found.append(Problem.of("lang", N_("Choose one of the languages offered.")))
        return [*found, *self._tag_problems()]

    def _tag_problems(self) -> list[Problem]:
        if len(self.tags) > TAGS_MAX:
            return [Problem.of("tags", N_("At most %(limit)d tags, please."), limit=TAGS_MAX)]
        bad = [tag for tag in self.tags if len(tag) > TAG_LENGTH or not _TAG.fullmatch(tag)]
        if bad:
            return [Problem.of("tags", N_("“%(tag)s” is not a tag: use letters, digits and hyphens."), tag=bad[0])]
        return []


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """*html* was rendered from *body* when it was saved. *is_public* says that the owner wants it read; it is read from
    *published_at* on. *updated_at* is when the text last changed, *version* counts all saves."""

    id: PostId
    slug: str
    title: str
    body: str
    html: str
    renderer_version: int
    words: int
    lang: str
    author_id: UserId | None
    author_name: str
    created_at: datetime
    updated_at: datetime
    description: str = ""
    tags: tuple[str, ...] = ()
    cover: str | None = None
    cover_alt: str = ""
    is_public: bool = False
    published_at: datetime | None = None
    trashed_at: datetime | None = None
    version: int = 1

    @property
    def owner_id(self) -> UserId | None:
        return self.author_id

    @property
    def reading_minutes(self) -> int:
        return max(1, round(self.words / WORDS_PER_MINUTE))

    def status(self, now: datetime) -> PostStatus:
        if self.published_at is None:
            return PostStatus.DRAFT
        if not self.is_public:
            return PostStatus.WITHDRAWN
        return PostStatus.PUBLISHED if self.published_at <= now else PostStatus.SCHEDULED

    def is_readable(self, now: datetime) -> bool:
        """Whether visitors may read it."""
        return self.trashed_at is None and self.status(now) is PostStatus.PUBLISHED

    def edit(self, text: PostText, slug: str, rendered: Rendered, *, at: datetime) -> Post:
        """The post with another text. Raises Invalid, PostInTrash, or NotReady when a public post would lack
        something."""
        self._refuse_in_trash()
        refuse_if_any(text.problems())
        edited = replace(
            self,
            slug=slug,
            title=text.title.strip(),
            body=text.body,
            html=rendered.html,
            renderer_version=rendered.version,
            words=rendered.words,
            description=text.description.strip(),
            lang=text.lang,
            tags=text.tags,
            cover=text.cover,
            cover_alt=text.cover_alt.strip(),
        )
        if edited == self:
            return self
        if edited.is_public:
            _refuse_unready(edited)
        return replace(edited, updated_at=at)

    def publish(self, *, at: datetime, now: datetime) -> Post:
        """The post as public from *at* on; one that was public before keeps its first date unless *at* is to come.
        Unchanged when it already is. Raises NotReady or PostInTrash."""
        self._refuse_in_trash()
        _refuse_unready(self)
        since = self.published_at if self.published_at and self.published_at <= now and at <= now else at
        if self.is_public and self.published_at == since:
            return self
        return replace(self, is_public=True, published_at=since)

    def withdraw(self, *, now: datetime) -> Post:
        """The post as hidden from visitors; one that was only scheduled is a draft again."""
        self._refuse_in_trash()
        if not self.is_public:
            return self
        was_read = self.published_at is not None and self.published_at <= now
        return replace(self, is_public=False, published_at=self.published_at if was_read else None)

    def trash(self, *, at: datetime) -> Post:
        return self if self.trashed_at else replace(self, trashed_at=at)

    def restore(self) -> Post:
        return replace(self, trashed_at=None)

    def _refuse_in_trash(self) -> None:
        if self.trashed_at is not None:
            raise PostInTrash


def blank_post(slug: str, *, lang: str, author_id: UserId | None, author_name: str, at: datetime) -> Post:
    """A draft without a word, under a new id."""
    return Post(
        id=new_post_id(),
        slug=slug,
        title="",
        body="",
        html="",
        renderer_version=0,
        words=0,
        lang=lang,
        author_id=author_id,
        author_name=author_name,
        created_at=at,
        updated_at=at,
    )


def new_post_id() -> PostId:
    """An opaque id, 128 random bits."""
    return PostId(secrets.token_hex(16))


def clean_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Small letters, no blanks around, hyphens within, no doubles, in the order typed."""
    folded = ("-".join(tag.lower().split()) for tag in tags)
    return tuple(dict.fromkeys(tag for tag in folded if tag))


def _refuse_unready(post: Post) -> None:
    problems = []
    if not post.title:
        problems.append(Problem.of("title", N_("A post needs a title before it is published.")))
    if not post.body.strip():
        problems.append(Problem.of("body", N_("There is nothing to read yet.")))
    if problems:
        raise NotReady(*problems)
