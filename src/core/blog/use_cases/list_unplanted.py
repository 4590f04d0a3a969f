from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import PostKind
from core.blog.storage import PostStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListUnplanted:
    """The operator learns which of a folder's posts (or pages) the site does not have, not even in the trash."""

    access: Access
    posts: PostStorage

    async def __call__(self, slugs: Sequence[str], *, kind: PostKind = PostKind.POST) -> Sequence[str]:
        self.access.require(Action.APPLY_SITE)
        held = await self.posts.list_held(slugs, kind=kind)
        return [slug for slug in slugs if slug not in held]
