"""Finding a place for what comes from elsewhere: a free address, and its translations beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.blog.archives import FoundItem, Note, settle
from core.blog.entities import Post, Typeset
from core.blog.errors import SlugTaken, TranslationTaken, UnknownTranslation
from core.blog.free_slug import free_slug
from core.blog.storage import PostLink, PostStorage
from core.blog.texts import PostText
from core.blog.typesetter import Typesetter
from core.errors import StaleVersion
from core.slugs import SlugMaker
from core.text import N_

_ANY_KEY = f"{'0' * 32}.webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compositor:
    """Sets the texts of an archive: nothing that can be mended keeps one of them out."""

    posts: PostStorage
    typesetter: Typesetter
    slugs: SlugMaker

    def checked(self, item: FoundItem, text: PostText) -> PostText:
        """*text* with its tags folded; where its pictures will be, their addresses count. Raises Invalid."""
        addresses = dict.fromkeys((picture.name for picture in item.pictures), _ANY_KEY)
        whole = replace(text, body=settle(text.body, item.pictures, addresses))
        return replace(self.typesetter.checked(whole), body=text.body)

    async def set(self, item: FoundItem, text: PostText) -> tuple[Typeset, tuple[Note, ...]]:
        """*text* (checked) ready to be kept, and what had to be changed for that."""
        notes: list[Note] = []
        while True:
            try:
                typeset = await self.typesetter.set(text, kind=item.kind)
            except (UnknownTranslation, TranslationTaken):
                text = replace(text, translation_of="")
                notes.append(_alone())
            except SlugTaken:
                unnamed = replace(text, slug="", title=text.slug)
                text = replace(text, slug=await free_slug(unnamed, self.posts, self.slugs, kind=item.kind))
            else:
                return typeset, (*notes, *other_address(item.text.slug, typeset.slug))

    async def take_in(self, original: Post, links: Sequence[PostLink]) -> None:
        """What translates *original* and was here before it stands beside it from now on, one for each language."""
        langs = {original.lang}
        for link in links:
            post = await self.posts.get(link.id)
            if post.trashed_at is None and not post.translation_of and post.lang not in langs:
                langs.add(post.lang)
                await self._move(post.translating(original))

    async def _move(self, post: Post) -> None:
        try:
            await self.posts.save(post)
        except StaleVersion:
            # Somebody saved it this very moment: what they made of it stands.
            return


def other_address(wanted: str, slug: str) -> tuple[Note, ...]:
    """What is to be said of *slug* when *wanted* was asked for."""
    words = N_("The address “%(wanted)s” is taken here; it is at “%(slug)s”.")
    return () if wanted == slug else (Note.of(words, wanted=wanted, slug=slug),)


def _alone() -> Note:
    return Note.of(N_("What it translates is not here, or has a text in this language already; it stands alone."))
