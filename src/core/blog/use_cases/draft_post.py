from dataclasses import dataclass, replace

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostKind, Typeset, blank_post
from core.blog.errors import SlugTaken
from core.blog.free_slug import free_slug
from core.blog.storage import PostStorage
from core.blog.texts import PostText
from core.blog.typesetter import Typesetter
from core.clock import Clock
from core.slugs import SlugMaker
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPost:
    """A contributor, or who may more, begins a post or a page that only the desk sees.

    Without a slug it gets one from its title. Refused with Invalid, SlugTaken, UnknownTranslation or TranslationTaken.
    """

    access: Access
    posts: PostStorage
    typesetter: Typesetter
    consequences: Consequences
    slugs: SlugMaker
    clock: Clock
    transaction: Transaction

    async def __call__(self, text: PostText, *, kind: PostKind = PostKind.POST, is_auto: bool = False) -> Post:
        self.access.require(Action.DRAFT_POST)
        text = self.typesetter.checked(text)
        typeset = await self.typesetter.set(text, kind=kind)
        post = await self._add(text, typeset, kind)
        await self.consequences.of_text(None, post, is_auto=is_auto)
        await self.transaction.commit()
        return post

    async def _add(self, text: PostText, typeset: Typeset, kind: PostKind) -> Post:
        now, actor = self.clock.now(), self.access.actor
        while True:
            blank = blank_post(
                typeset.slug,
                kind=kind,
                lang=text.lang,
                author_id=actor.user_id,
                author_name=actor.name,
                author_slug=self.slugs.make(actor.name),
                at=now,
            )
            post = blank.edit(text, typeset, at=now)
            try:
                await self.posts.add(post)
            except SlugTaken:
                if text.slug:
                    raise
                # Somebody took the address that was free just now: the next one is as good.
                typeset = replace(typeset, slug=await free_slug(text, self.posts, self.slugs, kind=kind))
                continue
            return post
