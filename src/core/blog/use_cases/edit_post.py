from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.entities import Post, PostId, PostText, clean_tags
from core.blog.free_slug import free_slug
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import StaleVersion, refuse_if_any
from core.markdown import MarkdownRenderer
from core.slugs import SlugMaker
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPost:
    """An editor, or the author of a post, changes its text. What is public changes at once: that needs the
    right to publish.

    Refused with PostNotFound, Invalid, SlugTaken, NotReady, PostInTrash, or StaleVersion when *expected* is no longer
    the version.
    """

    access: Access
    posts: PostStorage
    markdown: MarkdownRenderer
    slugs: SlugMaker
    clock: Clock
    transaction: Transaction

    async def __call__(self, post_id: PostId, text: PostText, *, expected: int | None) -> Post:
        self.access.require(Action.EDIT_POST)
        post = await self.posts.get(post_id)
        self.access.require(Action.EDIT_POST, on=post)
        if post.is_public:
            self.access.require(Action.PUBLISH_POST, on=post)
        if expected is not None and expected != post.version:
            raise StaleVersion(current=post.version)
        text = replace(text, tags=clean_tags(text.tags))
        refuse_if_any(text.problems())
        slug = await free_slug(text, self.posts, self.slugs, own=post.slug)
        await self.transaction.rest()
        rendered = await self.markdown.render(text.body, lang=text.lang)
        edited = post.edit(text, slug, rendered, at=self.clock.now())
        if edited == post:
            return post
        saved = await self.posts.save(edited)
        await self.transaction.commit()
        return saved
