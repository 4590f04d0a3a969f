"""Posts for the suites of the blog's storages."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.blog.entities import Post, blank_post
from tests.contracts.conftest import Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def a_post(slug: str = "hello", *, hours: int = 0, **changes: Any) -> Post:
    """A post that was published *hours* ago."""
    at = NOW - timedelta(hours=hours)
    blank = blank_post(slug, lang="en", author_id=None, author_name="Anna", author_slug="anna", at=at)
    whole = replace(blank, title=f"About {slug}", body="**Words**", html="<p>Words</p>", words=1, renderer_version=3)
    return replace(whole, **{"is_public": True, "published_at": at, **changes})


async def add(storages: Storages, *posts: Post) -> None:
    for post in posts:
        await storages.posts.add(post)
    await storages.transaction.commit()


def slugs(posts: Any) -> list[str]:
    return [post.slug for post in posts]
