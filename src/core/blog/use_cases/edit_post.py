from dataclasses import dataclass

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostId, PostKind
from core.blog.history import WorkingCopy, WorkingCopyStorage
from core.blog.storage import PostStorage
from core.blog.texts import PostText
from core.blog.typesetter import Typesetter
from core.clock import Clock
from core.errors import StaleVersion
from core.identity import UserId
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPost:
    """An editor, or the author of a post, changes its text. What is public changes at once: that needs the
    right to publish; when the editor saves by itself (*is_auto*) it keeps a working copy instead and returns the post
    as it stands. With *is_following* the address of what nobody has read yet goes with its title.

    Refused with PostNotFound, Invalid, SlugTaken, NotReady, PostInTrash, or StaleVersion when *expected* is no longer
    the version.
    """

    access: Access
    posts: PostStorage
    copies: WorkingCopyStorage
    typesetter: Typesetter
    consequences: Consequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        post_id: PostId,
        text: PostText,
        *,
        expected: int | None,
        is_auto: bool = False,
        is_following: bool = False,
        kind: PostKind | None = None,
    ) -> Post:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id, kind=kind)
        self.access.require(Action.EDIT_POST, on=post)
        user_id = self.access.actor.user_id
        if is_auto and post.is_public and user_id:
            return await self._keep_aside(post, user_id, text, expected)
        if post.is_public:
            self.access.require(Action.PUBLISH_POST, on=post)
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        text = self.typesetter.checked(text)
        text = await self.typesetter.named(text, post) if is_following else text
        typeset = await self.typesetter.set(text, kind=post.kind, own=post)
        edited = post.edit(text, typeset, at=self.clock.now())
        if edited == post:
            return post
        saved = await self.posts.save(edited)
        await self.consequences.of_text(post, saved, is_auto=is_auto)
        await self.transaction.commit()
        return saved

    async def _keep_aside(self, post: Post, user_id: UserId, text: PostText, expected: int | None) -> Post:
        text = self.typesetter.checked(text)
        copy = WorkingCopy(
            post_id=post.id,
            user_id=user_id,
            text=text,
            base_version=post.version if expected is None else expected,
            saved_at=self.clock.now(),
        )
        await self.copies.keep(copy)
        await self.transaction.commit()
        return post
