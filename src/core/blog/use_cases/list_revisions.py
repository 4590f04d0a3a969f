from dataclasses import dataclass

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import Revision, RevisionStorage
from core.blog.storage import PostStorage
from core.errors import Invalid, Problem
from core.pagination import Slice
from core.revisions import revision_number
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """*post* as it stands, and its earlier states, newest first; the first of all is the present one."""

    post: Post
    revisions: Slice[Revision]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRevisions:
    """Whoever may see a text before it is public sees all that it was, newest first. Refused with PostNotFound, or
    Invalid for a cursor that we did not make."""

    access: Access
    posts: PostStorage
    revisions: RevisionStorage

    async def __call__(
        self, post_id: PostId, *, limit: int = 20, cursor: str | None = None, kind: PostKind | None = None
    ) -> History:
        self.access.require(Action.READ_UNPUBLISHED_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.READ_UNPUBLISHED_POST, on=post)
        before = revision_number(cursor) if cursor else None
        if cursor and before is None:
            raise Invalid(Problem.of("cursor", N_("Use a cursor that a list of this kind gave.")))
        found = await self.revisions.list_newest(post.id, limit=limit + 1, before=before)
        shown = found[:limit]
        more = str(shown[-1].number) if len(found) > limit else None
        return History(post=post, revisions=Slice(items=shown, next_cursor=more))
