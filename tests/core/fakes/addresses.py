from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.blog.addresses import PreviewLink, Redirect
from core.blog.entities import PostId
from tests.core.fakes.blog import MemoryPosts
from tests.core.fakes.blog_lists import link_to


class MemoryRedirects:
    """*kept*: by path, the post or the other path that it leads to."""

    def __init__(self, posts: MemoryPosts | None = None) -> None:
        self.kept: dict[str, tuple[PostId | None, str | None]] = {}
        self._posts = posts or MemoryPosts()

    async def find(self, path: str, *, now: datetime) -> Redirect | None:
        post_id, target = self.kept.get(path, (None, None))
        post = self._posts.kept.get(post_id) if post_id else None
        if post is not None and post.is_readable(now):
            return Redirect(path=path, post=link_to(post))
        return Redirect(path=path, target=target) if target else None

    async def point(self, path: str, post_id: PostId) -> None:
        self.kept[path] = (post_id, None)

    async def forward(self, path: str, target: str) -> None:
        if path == target:
            return
        if self.kept.get(target) == (None, path):
            del self.kept[target]
        self.kept = {one: (None, target) if to == (None, path) else to for one, to in self.kept.items()}
        self.kept[path] = (None, target)

    async def list_old(self) -> Mapping[PostId, Sequence[str]]:
        posts = {post_id for post_id, _ in self.kept.values() if post_id}
        return {post_id: [path for path, (led, _) in self.kept.items() if led == post_id] for post_id in posts}

    async def drop(self, path: str) -> None:
        self.kept.pop(path, None)


class MemoryPreviewLinks:
    def __init__(self) -> None:
        self.kept: dict[str, PreviewLink] = {}

    async def add(self, link: PreviewLink) -> None:
        self.kept[link.id] = link

    async def find(self, link_id: str) -> PreviewLink | None:
        return self.kept.get(link_id)

    async def list_of(self, post_id: PostId, *, now: datetime) -> Sequence[PreviewLink]:
        remembered = now - timedelta(days=30)
        theirs = [link for link in self.kept.values() if link.post_id == post_id]
        found = [link for link in theirs if min(link.expires_at, link.revoked_at or link.expires_at) >= remembered]
        return sorted(found, key=lambda link: link.created_at, reverse=True)

    async def revoke(self, link_id: str, *, at: datetime) -> None:
        link = self.kept.get(link_id)
        if link is not None and link.revoked_at is None:
            self.kept[link_id] = replace(link, revoked_at=at)
