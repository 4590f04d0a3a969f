"""Earlier states of a text, and texts that are being worked on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from core.blog.entities import Post, PostId
from core.blog.texts import PostText
from core.identity import Actor, UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """The *text* as somebody saved it; *number* is the version that the post had then. *is_auto*: the editor saved it
    by itself; such a revision gives way to the next one of the same person."""

    post_id: PostId
    number: int
    text: PostText
    saved_at: datetime
    saved_by: UserId | None
    saved_by_name: str
    is_auto: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCopy:
    """What somebody typed into the editor of a public post and has not saved: readers see nothing of it. It began from
    *base_version*."""

    post_id: PostId
    user_id: UserId
    text: PostText
    base_version: int
    saved_at: datetime


class RevisionStorage(Protocol):
    async def add(self, revision: Revision) -> None:
        """Keep it. A newest one of the same person that is_auto is replaced when this one is_auto as well: what the
        editor saves each few seconds is one revision."""
        ...

    async def list_newest(self, post_id: PostId, *, limit: int, before: int | None = None) -> Sequence[Revision]:
        """Newest first, whole texts; with *before* only older ones."""
        ...

    async def get(self, post_id: PostId, number: int) -> Revision:
        """Raises RevisionNotFound."""
        ...


class WorkingCopyStorage(Protocol):
    async def find(self, post_id: PostId, user_id: UserId) -> WorkingCopy | None: ...

    async def keep(self, copy: WorkingCopy) -> None:
        """In the place of this person's earlier one of the same post, if any."""
        ...

    async def discard(self, post_id: PostId, user_id: UserId) -> None:
        """Nothing when there is none."""
        ...


def revision_of(post: Post, actor: Actor, *, is_auto: bool) -> Revision:
    """*post* as *actor* has just saved it."""
    return Revision(
        post_id=post.id,
        number=post.version,
        text=post.text,
        saved_at=post.updated_at,
        saved_by=actor.user_id,
        saved_by_name=actor.name,
        is_auto=is_auto,
    )
