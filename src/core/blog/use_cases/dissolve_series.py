from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.errors import SeriesNotFound
from core.blog.storage import PostStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DissolveSeries:
    """An editor ends series; their texts stay, each for itself. Return how many changed. Refused with SeriesNotFound
    when no text is in any of them."""

    access: Access
    posts: PostStorage
    transaction: Transaction

    async def __call__(self, series: Sequence[str]) -> int:
        self.access.require(Action.EDIT_TAGS)
        slugs = dict.fromkeys(series)
        changed = sum([await self.posts.rename_series(slug, name="", new_slug="") for slug in slugs])
        if not changed:
            raise SeriesNotFound
        await self.transaction.commit()
        return changed
