from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import RedirectStorage, series_path
from core.blog.errors import SeriesNotFound
from core.blog.storage import PostStorage
from core.blog.texts import SERIES_LENGTH
from core.blog.typesetter import series_slug
from core.errors import Invalid, Problem
from core.slugs import SlugMaker
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameSeries:
    """An editor gives one series, or several that become one, another name in all texts of the site; the old addresses
    lead to the new one. Return how many texts changed. Refused with Invalid, or SeriesNotFound when no text is in
    any of them."""

    access: Access
    posts: PostStorage
    redirects: RedirectStorage
    slugs: SlugMaker
    transaction: Transaction

    async def __call__(self, series: Sequence[str], *, into: str) -> int:
        self.access.require(Action.EDIT_TAGS)
        name = into.strip()
        if not name:
            raise Invalid(Problem.of("into", N_("Give the series a name.")))
        if len(name) > SERIES_LENGTH:
            raise Invalid(Problem.of("into", N_("At most %(limit)d characters, please."), limit=SERIES_LENGTH))
        new = series_slug(name, self.slugs)
        known = {shelf.slug for shelf in (await self.posts.list_desk_shelves()).series}
        old = [slug for slug in dict.fromkeys(series) if slug in known]
        if not old:
            raise SeriesNotFound
        changed = sum([await self.posts.rename_series(slug, name=name, new_slug=new) for slug in old])
        await self.redirects.drop(series_path(new))
        for slug in old:
            if slug != new:
                await self.redirects.forward(series_path(slug), series_path(new))
        await self.transaction.commit()
        return changed
