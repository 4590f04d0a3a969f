from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import RevisionStorage
from core.blog.merge import Merge, merge
from core.blog.storage import PostStorage
from core.blog.texts import PostText, clean_tags


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoTexts:
    """*post* as it stands, *ours* as it was typed, and both in one. *is_joined*: nothing was left to choose."""

    post: Post
    ours: PostText
    merge: Merge

    @property
    def is_joined(self) -> bool:
        return not self.merge.clashes


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTexts:
    """Who may edit a post, and was too late with her text, sees what stands and both joined as far as they do not
    contradict each other. *base* is the version she began from. Nothing is stored. Refused with PostNotFound."""

    access: Access
    posts: PostStorage
    revisions: RevisionStorage

    async def __call__(
        self, post_id: PostId, ours: PostText, *, base: int | None, kind: PostKind | None = None
    ) -> TwoTexts:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.EDIT_POST, on=post)
        ours = await self._as_kept(ours, post)
        begun = await self._base(post, base)
        return TwoTexts(post=post, ours=ours, merge=merge(begun, post.text, ours))

    async def _base(self, post: Post, version: int | None) -> PostText | None:
        """The newest text that is not younger than *version*: also an older one is what both began from."""
        if version is None:
            return None
        found = await self.revisions.list_newest(post.id, limit=1, before=version + 1)
        return found[0].text if found else None

    async def _as_kept(self, ours: PostText, post: Post) -> PostText:
        """As saving would keep it, so that the same is not taken for a change."""
        wanted = ours.translation_of
        original = await self.posts.find_by_slug(wanted, kind=post.kind) if wanted else None
        return replace(
            ours,
            slug=ours.slug or post.slug,
            tags=clean_tags(ours.tags),
            translation_of=original.group_id if original is not None else wanted,
        )
