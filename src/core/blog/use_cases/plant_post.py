from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Access, Action
from core.blog.consequences import Consequences
from core.blog.entities import Post, PostKind, blank_post
from core.blog.storage import PostStorage
from core.blog.texts import PostText
from core.blog.typesetter import Typesetter
from core.clock import Clock
from core.errors import Invalid, Problem
from core.identity import UserId
from core.slugs import SlugMaker
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedPost:
    post: Post
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantPost:
    """The operator puts a post or page of a site's folder into the site, where its slug never existed or when
    *overwrite* says so.

    *published_at* None makes it a draft. Refused with Invalid or NotReady.
    """

    access: Access
    posts: PostStorage
    typesetter: Typesetter
    consequences: Consequences
    slugs: SlugMaker
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        text: PostText,
        *,
        published_at: datetime | None,
        kind: PostKind = PostKind.POST,
        author_id: UserId | None = None,
        author_name: str = "",
        overwrite: bool = False,
    ) -> PlantedPost:
        self.access.require(Action.APPLY_SITE)
        if not text.slug:
            raise Invalid(Problem.of("slug", N_("An address is needed: small letters, digits and hyphens.")))
        found = await self.posts.find_by_slug(text.slug, kind=kind)
        if found is not None and not overwrite:
            return PlantedPost(post=found, is_changed=False)
        text = self.typesetter.checked(text)
        typeset = await self.typesetter.set(replace(text, slug="" if found else text.slug), kind=kind, own=found)
        now, slug = self.clock.now(), self.slugs.make(author_name)
        at = published_at or now
        blank = found or blank_post(
            text.slug, kind=kind, lang=text.lang, author_id=author_id, author_name=author_name, author_slug=slug, at=at
        )
        planted = replace(blank.restore(), is_public=False, published_at=None).edit(text, typeset, at=at)
        if published_at is not None:
            planted = planted.publish(at=published_at, now=now).announce(at=now)
        if planted == found:
            return PlantedPost(post=planted, is_changed=False)
        planted = await self._keep(planted, found)
        await self.transaction.commit()
        return PlantedPost(post=planted, is_changed=True)

    async def _keep(self, planted: Post, found: Post | None) -> Post:
        if found is None:
            await self.posts.add(planted)
        else:
            planted = await self.posts.save(planted)
        await self.consequences.of_text(found, planted)
        await self.consequences.of_state(found or replace(planted, is_public=False), planted)
        return planted
