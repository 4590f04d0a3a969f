from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.entities import Post, PostText, clean_tags, new_post_id
from core.blog.free_slug import free_slug
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import refuse_if_any
from core.markdown import MarkdownRenderer
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
        rendered = await self.markdown.render(text.body)
        now = self.clock.now()
        actor = self.access.actor
        post = Post(
            id=new_post_id(),
            slug=await free_slug(text, self.posts, self.slugs),
            title=text.title.strip(),
            body=text.body,
            html=rendered.html,
            renderer_version=rendered.version,
            words=rendered.words,
            lang=text.lang,
            author_id=actor.user_id,
            author_name=actor.name,
            created_at=now,
            updated_at=now,
            description=text.description.strip(),
            tags=text.tags,
            cover=text.cover,
            cover_alt=text.cover_alt.strip(),
        )
        await self.posts.add(post)
        await self.transaction.commit()
        return post
