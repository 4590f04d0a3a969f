from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import RevisionStorage
from core.blog.storage import PostStorage
from core.blog.typesetter import Typesetter
from core.clock import Clock
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreRevision:
    """An editor, or the author of a text, makes an earlier state of it the newest version; its address stays. What is
    public changes at once: that needs the right to publish. Refused with PostNotFound, RevisionNotFound, Invalid,
    NotReady, PostInTrash or StaleVersion."""

    access: Access
    posts: PostStorage
    revisions: RevisionStorage
    typesetter: Typesetter
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, post_id: PostId, number: int, *, expected: int | None = None, kind: PostKind | None = None
    ) -> Post:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.EDIT_POST, on=post)
        if post.is_public:
            self.access.require(Action.PUBLISH_POST, on=post)
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        revision = await self.revisions.get(post.id, number)
        text = self.typesetter.checked(replace(revision.text, slug=post.slug))
        typeset = await self.typesetter.set(text, kind=post.kind, own=post)
        restored = post.edit(text, typeset, at=self.clock.now())
        if restored == post:
            return post
        saved = await self.posts.save(restored)
        await self.consequences.of_text(post, saved)
        await self.transaction.commit()
        return saved
