from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Access, Action
from core.blog.entities import Post, PostText, blank_post, clean_tags
from core.blog.storage import PostStorage
from core.clock import Clock
from core.errors import Invalid, Problem, refuse_if_any
from core.identity import UserId
from core.markdown import MarkdownRenderer
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedPost:
    post: Post
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantPost:
    """The operator puts a post of a site's folder into the site, where its slug never existed or when
    *overwrite* says so.

    *published_at* None makes it a draft. Refused with Invalid or NotReady.
    """

    access: Access
    posts: PostStorage
    markdown: MarkdownRenderer
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        text: PostText,
        *,
        published_at: datetime | None,
        author_id: UserId | None = None,
        author_name: str = "",
        overwrite: bool = False,
    ) -> PlantedPost:
        self.access.require(Action.APPLY_SITE)
        if not text.slug:
            raise Invalid(Problem.of("slug", N_("An address is needed: small letters, digits and hyphens.")))
        found = await self.posts.find_by_slug(text.slug)
        if found is not None and not overwrite:
            return PlantedPost(post=found, is_changed=False)
        text = replace(text, tags=clean_tags(text.tags))
        refuse_if_any(text.problems())
        rendered = await self.markdown.render(text.body, lang=text.lang)
        now = self.clock.now()
        since = published_at or now
        blank = found or blank_post(text.slug, lang=text.lang, author_id=author_id, author_name=author_name, at=since)
        hidden = replace(blank.restore(), is_public=False, published_at=None)
        planted = hidden.edit(text, text.slug, rendered, at=since)
        if published_at is not None:
            planted = planted.publish(at=published_at, now=now)
        if planted == found:
            return PlantedPost(post=planted, is_changed=False)
        if found is None:
            await self.posts.add(planted)
        else:
            planted = await self.posts.save(planted)
        await self.transaction.commit()
        return PlantedPost(post=planted, is_changed=True)
