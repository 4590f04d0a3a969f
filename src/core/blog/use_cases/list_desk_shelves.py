from dataclasses import dataclass

from core.access import Access, Action
from core.blog.storage import PostStorage, Shelves


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDeskShelves:
    """An editor sees all tags and series of the site, those of drafts too, and how many texts each has."""

    access: Access
    posts: PostStorage

    async def __call__(self) -> Shelves:
        self.access.require(Action.EDIT_TAGS)
        return await self.posts.list_desk_shelves()
