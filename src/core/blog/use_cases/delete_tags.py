from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.errors import TagNotFound
from core.blog.storage import PostStorage
from core.blog.texts import clean_tags
from core.clock import Clock
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTags:
    """An editor takes tags away from all texts of the site; the texts stay. Return how many changed. Refused with
    TagNotFound when no text has any of them."""

    access: Access
    posts: PostStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, tags: Sequence[str]) -> int:
        self.access.require(Action.EDIT_TAGS)
        changed = await self.posts.retag(clean_tags(tuple(tags)), None, at=self.clock.now())
        if not changed:
            raise TagNotFound
        await self.transaction.commit()
        return changed
