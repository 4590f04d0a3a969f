"""Posts with a past."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.blog.entities import Post
from core.blog.history import Revision, revision_of
from core.identity import Role
from tests.core.house import House, somebody
from tests.core.makers import NOW


def has_revision(house: House, post: Post, number: int, *, is_auto: bool = False, **changed: Any) -> Revision:
    """*post* was saved as *number* with other fields than it has now."""
    text = replace(post.text, **changed)
    saved = revision_of(replace(post, version=number), somebody(Role.EDITOR), is_auto=is_auto)
    revision = replace(saved, text=text, saved_at=NOW + timedelta(minutes=number))
    house.revisions.kept[post.id, number] = revision
    house.transaction.settle()
    return revision
