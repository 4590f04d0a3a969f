from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Computed, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core.blog.entities import Post, PostKind
from core.blog.storage import PostLink
from core.markdown import Finding, FindingKind
from db.base import TenantRow, values_of

INDEXED = ("heading", "search")
"""What triggers make of a post for the search; nobody reads it."""
WHOLE_TEXTS = ("body", "html", "plain")
LINK = tuple(PostLink.__dataclass_fields__)


class PostRow(TenantRow):
    __tablename__ = "posts"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    body: Mapped[str]
    html: Mapped[str]
    renderer_version: Mapped[int]
    words: Mapped[int]
    lang: Mapped[str]
    tags: Mapped[list[str]]
    cover: Mapped[str | None]
    cover_alt: Mapped[str]
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    author_name: Mapped[str]
    is_public: Mapped[bool]
    published_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(server_default="post")
    group_id: Mapped[str]
    plain: Mapped[str] = mapped_column(server_default="")
    series: Mapped[str] = mapped_column(server_default="")
    series_slug: Mapped[str] = mapped_column(server_default="")
    meta_title: Mapped[str] = mapped_column(server_default="")
    meta_description: Mapped[str] = mapped_column(server_default="")
    canonical_url: Mapped[str] = mapped_column(server_default="")
    author_slug: Mapped[str] = mapped_column(server_default="")
    series_part: Mapped[int | None]
    is_pinned: Mapped[bool] = mapped_column(server_default=text("false"))
    announced_at: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(server_default="")
    mentions: Mapped[list[str]] = mapped_column(server_default="{}")
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    heading: Mapped[str] = mapped_column(TSVECTOR, server_default="")
    search: Mapped[str] = mapped_column(TSVECTOR, server_default="")

    __table_args__ = (
        UniqueConstraint("kind", "slug"),
        Index(
            "ix_posts_public",
            "kind",
            text("published_at DESC"),
            text("id DESC"),
            postgresql_include=["group_id", "lang"],
            postgresql_where=text("is_public AND trashed_at IS NULL"),
        ),
        Index(
            "ix_posts_listed",
            "kind",
            text("is_pinned DESC"),
            text("published_at DESC"),
            text("id DESC"),
            postgresql_include=["group_id", "lang"],
            postgresql_where=text("is_public AND trashed_at IS NULL"),
        ),
        Index(
            "ix_posts_unannounced",
            "published_at",
            postgresql_where=text("is_public AND trashed_at IS NULL AND announced_at IS NULL"),
        ),
        Index("ix_posts_author_id", "author_id"),
        Index("ix_posts_tags", "tags", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_posts_group_id", "group_id"),
        Index("ix_posts_mentions", "mentions", postgresql_using="gin"),
        Index("ix_posts_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("uq_posts_origin", "origin", unique=True, postgresql_where=text("origin <> ''")),
        Index("ix_posts_series_slug", "series_slug", postgresql_where=text("series_slug <> ''")),
        Index("ix_posts_author_slug", "author_slug", postgresql_where=text("author_slug <> ''")),
    )


class SearchWordRow(TenantRow):
    """Words that readers may be offered for a mistyped one."""

    __tablename__ = "search_words"

    word: Mapped[str] = mapped_column(primary_key=True)

    __table_args__ = (
        Index("ix_search_words_word", "word", postgresql_using="gin", postgresql_ops={"word": "gin_trgm_ops"}),
    )


class RevisionRow(TenantRow):
    __tablename__ = "revisions"

    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    saved_by_name: Mapped[str]
    is_auto: Mapped[bool]
    text: Mapped[dict[str, Any]] = mapped_column(JSONB)


class WorkingCopyRow(TenantRow):
    """Of a post or of a question: that is the *subject*. *text* has the fields of a post, or of a question's form."""

    __tablename__ = "working_copies"

    subject: Mapped[str] = mapped_column(Computed("coalesce(post_id, question_id)", persisted=True), primary_key=True)
    post_id: Mapped[str | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    question_id: Mapped[str | None] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True)
    text: Mapped[dict[str, Any]] = mapped_column(JSONB)
    base_version: Mapped[int]
    saved_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("num_nonnulls(post_id, question_id) = 1", name="one_subject"),)


class RedirectRow(TenantRow):
    __tablename__ = "redirects"

    path: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[str | None] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    target: Mapped[str | None]
    created_at: Mapped[datetime]

    __table_args__ = (CheckConstraint("(post_id IS NULL) <> (target IS NULL)", name="one_way"),)


class PreviewLinkRow(TenantRow):
    __tablename__ = "preview_links"

    id: Mapped[str] = mapped_column(primary_key=True)
    post_id: Mapped[str] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"), index=True)
    created_by_name: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class ImportRow(TenantRow):
    __tablename__ = "imports"

    id: Mapped[str] = mapped_column(primary_key=True)
    format: Mapped[str]
    filename: Mapped[str]
    state: Mapped[str]
    created_by_name: Mapped[str]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    done: Mapped[int]
    total: Mapped[int]
    report: Mapped[list[Any]] = mapped_column(JSONB)
    foreseen: Mapped[list[Any]] = mapped_column(JSONB, server_default="[]")
    lang: Mapped[str] = mapped_column(server_default="")
    size: Mapped[int] = mapped_column(BigInteger, server_default="0")
    parts: Mapped[list[str]] = mapped_column(server_default="{}")
    kept_until: Mapped[datetime] = mapped_column(server_default=func.now())
    added: Mapped[int] = mapped_column(server_default="0")
    present: Mapped[int] = mapped_column(server_default="0")
    skipped: Mapped[int] = mapped_column(server_default="0")
    refused: Mapped[int] = mapped_column(server_default="0")
    error: Mapped[dict[str, Any] | None] = mapped_column(JSONB)
    version: Mapped[int] = mapped_column(server_default="1")

    __table_args__ = (
        Index(
            "uq_imports_open",
            text("(true)"),
            unique=True,
            postgresql_where=text("state IN ('checking', 'ready', 'running')"),
        ),
        Index("ix_imports_newest", text("created_at DESC"), text("id DESC")),
    )


def post_of(row: Mapping[Any, Any]) -> Post:
    """The post that *row* tells of; texts that were not asked for are empty."""
    found = {name: row[name] for name in Post.__dataclass_fields__ if name in row}
    findings = (Finding(**{**told, "kind": FindingKind(told["kind"])}) for told in found["findings"])
    lists = {"tags": tuple(found["tags"]), "mentions": tuple(found["mentions"]), "findings": tuple(findings)}
    return Post(**{**dict.fromkeys(WHOLE_TEXTS, ""), **found, **lists, "kind": PostKind(found["kind"])})


def post_values(post: Post, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is kept of *post*."""
    values = values_of(post, without=(*without, "findings")) | rendered_values(post)
    return values | {"kind": post.kind.value, "group_id": post.group_id or post.id}


def rendered_values(post: Post) -> dict[str, Any]:
    """What rendering gave."""
    findings = [{"kind": one.kind.value, "line": one.line, "subject": one.subject} for one in post.findings]
    return {
        "html": post.html,
        "renderer_version": post.renderer_version,
        "words": post.words,
        "plain": post.plain,
        "mentions": list(post.mentions),
        "findings": findings,
    }


def link_of(row: Mapping[Any, Any]) -> PostLink:
    return PostLink(**{**{name: row[name] for name in LINK}, "kind": PostKind(row["kind"])})
