from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.entities import Post, PostText, blank_post, clean_tags
from core.blog.errors import SlugTaken
from core.blog.free_slug import free_slug
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import refuse_if_any
from core.markdown import MarkdownRenderer, Rendered
from core.slugs import SlugMaker
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPost:
    """A contributor, or who may more, begins a post that only the desk sees.

    Without a slug it gets one from its title. Refused with Invalid or SlugTaken.
    """

    access: Access
    posts: PostStorage
    markdown: MarkdownRenderer
    slugs: SlugMaker
    clock: Clock
    transaction: Transaction

    async def __call__(self, text: PostText) -> Post:
        self.access.require(Action.DRAFT_POST)
        text = replace(text, tags=clean_tags(text.tags))
        refuse_if_any(text.problems())
        await self.transaction.rest()
        rendered = await self.markdown.render(text.body, lang=text.lang)
        post = await self._add(text, rendered)
        await self.transaction.commit()
        return post

    async def _add(self, text: PostText, rendered: Rendered) -> Post:
        now, actor = self.clock.now(), self.access.actor
        while True:
            slug = await free_slug(text, self.posts, self.slugs)
            blank = blank_post(slug, lang=text.lang, author_id=actor.user_id, author_name=actor.name, at=now)
            post = blank.edit(text, slug, rendered, at=now)
            try:
                await self.posts.add(post)
            except SlugTaken:
                if text.slug:
                    raise
                continue  # somebody took the address that was free just now: the next one is as good
            return post
