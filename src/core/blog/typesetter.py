"""From what was typed to what is kept: address, HTML, series, translations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.blog.entities import Post, PostId, PostKind, Typeset
from core.blog.errors import TranslationTaken, UnknownTranslation
from core.blog.free_slug import follows, free_slug
from core.blog.storage import PostStorage
from core.blog.texts import PostText, clean_tags
from core.errors import refuse_if_any
from core.markdown import MarkdownRenderer, Rendered, SurroundingsStorage, mentioned
from core.slugs import SLUG_LENGTH, SlugMaker
from core.transaction import Transaction

FALLBACK_SERIES = "series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetter:
    """Asks the site what a text needs to know of it, and renders the text."""

    posts: PostStorage
    markdown: MarkdownRenderer
    surroundings: SurroundingsStorage
    slugs: SlugMaker
    transaction: Transaction

    def checked(self, text: PostText) -> PostText:
        """*text* with its tags folded. Raises Invalid."""
        cleaned = replace(text, tags=clean_tags(text.tags), series=text.series.strip())
        refuse_if_any(cleaned.problems())
        return cleaned

    async def set(self, text: PostText, *, kind: PostKind, own: Post | None = None) -> Typeset:
        """*text* (checked) ready for *own*, or for a new one. Raises SlugTaken, UnknownTranslation or
        TranslationTaken."""
        slug = await free_slug(text, self.posts, self.slugs, kind=kind, own=own.slug if own else None)
        group = await self._group(text, kind, own)
        rendered = await self.render(text)
        return Typeset(slug=slug, rendered=rendered, series_slug=series_slug(text.series, self.slugs), group_id=group)

    async def named(self, text: PostText, own: Post) -> PostText:
        """*text* with the address of its new title, where that of *own* was made of the old one and nobody has read it:
        a draft saves itself while its title is half typed."""
        is_settled = own.published_at is not None or text.slug not in ("", own.slug) or not text.title.strip()
        if is_settled or not follows(own.slug, own.title, self.slugs, kind=own.kind):
            return text
        if follows(own.slug, text.title, self.slugs, kind=own.kind):
            return text
        return replace(text, slug=await free_slug(replace(text, slug=""), self.posts, self.slugs, kind=own.kind))

    async def render(self, text: PostText) -> Rendered:
        """The HTML with all that the site knows of what *text* speaks of; no connection is held meanwhile."""
        around = await self.surroundings.look(mentioned(text.body))
        await self.transaction.rest()
        return await self.markdown.render(text.body, lang=text.lang, around=around)

    async def _group(self, text: PostText, kind: PostKind, own: Post | None) -> PostId | None:
        """The group that *text* asks to be in. The one that was first stays in its own."""
        if own is not None and text.translation_of in ("", own.id):
            members = await self.posts.list_group(own.id)
            self._refuse_twice(text.lang, members, own)
            return None
        if not text.translation_of:
            return None
        original = await self._original(text.translation_of, kind)
        members = await self.posts.list_group(original.group_id)
        self._refuse_twice(text.lang, members, own)
        return original.group_id

    async def _original(self, wanted: str, kind: PostKind) -> Post:
        found = await self.posts.find_by_slug(wanted, kind=kind)
        if found is None:
            members = await self.posts.list_group(PostId(wanted))
            found = next((post for post in members if post.id == wanted), None)
        if found is None or found.kind is not kind or found.trashed_at is not None:
            raise UnknownTranslation
        return found

    def _refuse_twice(self, lang: str, members: Sequence[Post], own: Post | None) -> None:
        for member in members:
            if member.lang == lang and (own is None or member.id != own.id):
                raise TranslationTaken(member.title)


def series_slug(name: str, slugs: SlugMaker) -> str:
    """The end of the address of a series; empty without a name."""
    return (slugs.make(name)[:SLUG_LENGTH].strip("-") or FALLBACK_SERIES) if name else ""
