from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import RedirectStorage, as_target, tag_paths
from core.blog.errors import TagNotFound
from core.blog.storage import PostStorage
from core.blog.texts import clean_tags, tag_problem
from core.clock import Clock
from core.errors import Invalid, Problem
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTags:
    """An editor gives one tag another name, or has one in the place of several, in all texts of the site; the old
    addresses lead to the new one. Return how many texts changed. Refused with Invalid, or TagNotFound when no text
    has any of them."""

    access: Access
    posts: PostStorage
    redirects: RedirectStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, tags: Sequence[str], *, into: str) -> int:
        self.access.require(Action.EDIT_TAGS)
        new = _one_tag(into)
        old = [tag for tag in clean_tags(tuple(tags)) if tag != new]
        if not old:
            return 0
        changed = await self.posts.retag(old, new, at=self.clock.now())
        if not changed:
            raise TagNotFound
        for path in tag_paths(new):
            await self.redirects.drop(path)
        for tag in old:
            await self._forward(tag, new)
        await self.transaction.commit()
        return changed

    async def _forward(self, old: str, new: str) -> None:
        for path, target in zip(tag_paths(old), tag_paths(new), strict=True):
            for spelling in dict.fromkeys((path, as_target(path))):
                await self.redirects.forward(spelling, as_target(target))


def _one_tag(typed: str) -> str:
    """Raises Invalid."""
    cleaned = clean_tags((typed,))
    if not cleaned:
        raise Invalid(Problem.of("into", N_("Give the tag a name.")))
    problem = tag_problem(cleaned[0])
    if problem:
        raise Invalid(Problem.of("into", problem.message, **problem.params))
    return cleaned[0]
