"""A post (or a free page, which is a post at another address) and what can become of it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NewType

from core.blog.errors import NotReady, PostInTrash
from core.blog.readiness import ReadinessItem, errors_of, readiness
from core.blog.texts import PostText
from core.errors import refuse_if_any
from core.identity import UserId
from core.markdown import Finding, Rendered
from core.publication import PublicationStatus, first_publication, publication_status

PostId = NewType("PostId", str)

PostStatus = PublicationStatus

WORDS_PER_MINUTE = 220
TRASH_DAYS = 30


class PostKind(StrEnum):
    """A PAGE stands at /pages/…, in no list and no feed."""

    POST = "post"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """A text made ready to be kept: its address, its HTML, the address of its series and the group of its
    translations (None: the post's own)."""

    slug: str
    rendered: Rendered
    series_slug: str = ""
    group_id: PostId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """*html* was rendered from *body* when it was saved. *is_public* says that the owner wants it read; it is read from
    *published_at* on. *updated_at* is when the text last changed, *version* counts all saves. Posts of one *group_id*
    are translations of each other: it is the id of the one that was there first. *plain*, *mentions* and *findings*
    are as in Rendered. *announced_at*: when its publication was followed by all that has to follow, once. *origin*:
    which item of another site it came from, in words of the import; no two posts have the same."""

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
    kind: PostKind = PostKind.POST
    group_id: PostId = PostId("")
    author_slug: str = ""
    plain: str = ""
    mentions: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    description: str = ""
    tags: tuple[str, ...] = ()
    cover: str | None = None
    cover_alt: str = ""
    series: str = ""
    series_slug: str = ""
    series_part: int | None = None
    is_pinned: bool = False
    meta_title: str = ""
    meta_description: str = ""
    canonical_url: str = ""
    is_public: bool = False
    published_at: datetime | None = None
    announced_at: datetime | None = None
    origin: str = ""
    trashed_at: datetime | None = None
    version: int = 1

    @property
    def owner_id(self) -> UserId | None:
        return self.author_id

    @property
    def reading_minutes(self) -> int:
        return reading_minutes(self.words)

    @property
    def translation_of(self) -> str:
        return "" if self.group_id in ("", self.id) else self.group_id

    @property
    def text(self) -> PostText:
        """What a writer would type to get this post."""
        return PostText(**{field.name: getattr(self, field.name) for field in fields(PostText)})

    @property
    def gone_at(self) -> datetime | None:
        """When the trash will lose it for good."""
        return self.trashed_at + timedelta(days=TRASH_DAYS) if self.trashed_at else None

    def status(self, now: datetime) -> PostStatus:
        return publication_status(is_public=self.is_public, published_at=self.published_at, now=now)

    def is_readable(self, now: datetime) -> bool:
        """Whether visitors may read it."""
        return self.trashed_at is None and self.status(now) is PostStatus.PUBLISHED

    def readiness(self) -> tuple[ReadinessItem, ...]:
        """What is missing before it should be read: errors forbid to publish it, warnings do not."""
        return readiness(self.text, self.findings)

    def edit(self, text: PostText, set_: Typeset, *, at: datetime) -> Post:
        """The post with another text. Raises Invalid, PostInTrash, or NotReady when a public post would lack
        something."""
        self._refuse_in_trash()
        refuse_if_any(text.problems())
        edited = replace(
            self.rendered_anew(set_.rendered),
            slug=set_.slug,
            series_slug=set_.series_slug,
            group_id=set_.group_id or self.id,
            **_kept_fields(text),
        )
        if edited == self:
            return self
        if edited.is_public:
            edited.refuse_unready()
        return replace(edited, updated_at=at)

    def rendered_anew(self, rendered: Rendered) -> Post:
        """The same text as *rendered* shows it."""
        return replace(
            self,
            html=rendered.html,
            renderer_version=rendered.version,
            words=rendered.words,
            plain=rendered.plain,
            mentions=rendered.mentions,
            findings=rendered.findings,
        )

    def publish(self, *, at: datetime, now: datetime) -> Post:
        """The post as public from *at* on; one that was public before keeps its first date unless *at* is to come.
        Unchanged when it already is. Raises NotReady or PostInTrash."""
        self._refuse_in_trash()
        self.refuse_unready()
        since = first_publication(self.published_at, at=at, now=now)
        if self.is_public and self.published_at == since:
            return self
        # What visitors cannot read yet will be news once more, though it was read and followed up before.
        announced_at = None if since > now else self.announced_at
        return replace(self, is_public=True, published_at=since, announced_at=announced_at)

    def announce(self, *, at: datetime) -> Post:
        """The post once its publication has been followed up. Unchanged when it was, or is not public at *at*."""
        return replace(self, announced_at=at) if self.announced_at is None and self.is_readable(at) else self

    def withdraw(self, *, now: datetime) -> Post:
        """The post as hidden from visitors; one that was only scheduled is a draft again."""
        self._refuse_in_trash()
        if not self.is_public:
            return self
        was_read = self.published_at is not None and self.published_at <= now
        return replace(self, is_public=False, published_at=self.published_at if was_read else None)

    def translating(self, original: Post) -> Post:
        """The post among the translations of *original*."""
        return replace(self, group_id=original.group_id)

    def trash(self, *, at: datetime) -> Post:
        return self if self.trashed_at else replace(self, trashed_at=at)

    def restore(self) -> Post:
        return replace(self, trashed_at=None)

    def _refuse_in_trash(self) -> None:
        if self.trashed_at is not None:
            raise PostInTrash

    def refuse_unready(self) -> None:
        """Raises NotReady when something is missing that forbids to publish it."""
        items = self.readiness()
        if errors_of(items):
            raise NotReady(items)


def blank_post(
    slug: str,
    *,
    lang: str,
    author_id: UserId | None,
    author_name: str,
    at: datetime,
    kind: PostKind = PostKind.POST,
    author_slug: str = "",
) -> Post:
    """A draft without a word, under a new id."""
    new = new_post_id()
    return Post(
        id=new,
        group_id=new,
        kind=kind,
        slug=slug,
        title="",
        body="",
        html="",
        renderer_version=0,
        words=0,
        lang=lang,
        author_id=author_id,
        author_name=author_name,
        author_slug=author_slug,
        created_at=at,
        updated_at=at,
    )


def reading_minutes(words: int) -> int:
    """Whole minutes, at least one."""
    return max(1, round(words / WORDS_PER_MINUTE))


def new_post_id() -> PostId:
    """An opaque id, 128 random bits."""
    return PostId(secrets.token_hex(16))


_TRIMMED = ("title", "description", "cover_alt", "series", "meta_title", "meta_description", "canonical_url")
_AS_TYPED = ("body", "lang", "tags", "cover", "series_part", "is_pinned")


def _kept_fields(text: PostText) -> dict[str, Any]:
    trimmed = {name: getattr(text, name).strip() for name in _TRIMMED}
    return trimmed | {name: getattr(text, name) for name in _AS_TYPED}
