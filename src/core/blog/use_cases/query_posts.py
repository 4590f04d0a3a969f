from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.blog.entities import Post, PostKind, PostStatus
from core.blog.storage import PostFilter, PostStorage
from core.clock import Clock
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPosts:
    """Programs list posts or pages by cursor: anybody the published ones, members also others as far as their right
    reaches."""

    access: Access
    posts: PostStorage
    clock: Clock

    async def __call__(
        self,
        *,
        limit: int = 20,
        cursor: str | None = None,
        status: PostStatus | None = PostStatus.PUBLISHED,
        tag: str | None = None,
        lang: str | None = None,
        slug: str | None = None,
        text: str | None = None,
        series: str | None = None,
        author: str | None = None,
        kind: PostKind | None = PostKind.POST,
        is_trashed: bool = False,
    ) -> Slice[Post]:
        is_public = status is PostStatus.PUBLISHED and not is_trashed
        self.access.require(Action.READ_POST if is_public else Action.READ_UNPUBLISHED_POST)
        wanted = PostFilter(
            now=self.clock.now(),
            status=status,
            scope=Scope.ALL if is_public else self.access.scope(Action.READ_UNPUBLISHED_POST),
            viewer=self.access.actor.user_id,
            tag=tag,
            lang=lang,
            slug=slug,
            text=text,
            series=series,
            author=author,
            kind=kind,
            is_trashed=is_trashed,
        )
        return await self.posts.list_slice(wanted, limit=limit, cursor=cursor)
