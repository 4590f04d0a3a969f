from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.blog.archives import ContentArchive, FoundPlace
from core.blog.entities import PostKind
from core.blog.import_plans import ImportPlan, plan_of
from core.blog.storage import PostLink, PostStorage
from core.slugs import numbered

BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanImport:
    """The owner, or the operator, learns where the items of an archive will stand. What came before stands where it is
    now; of the rest only what asks for an address that is taken will stand at another."""

    access: Access
    posts: PostStorage

    async def __call__(self, archive: ContentArchive) -> ImportPlan:
        self.access.require(Action.IMPORT_CONTENT)
        places = archive.places()
        present = await self._present(places)
        slugs = {
            place.key: link.slug for place in places if (link := present.get(place.key)) and link.slug != place.slug
        }
        for kind in PostKind:
            new = [place for place in places if place.kind is kind and place.key not in present]
            slugs |= await self._elsewhere(new, kind, places)
        return plan_of(places, slugs, present)

    async def _present(self, places: Sequence[FoundPlace]) -> Mapping[str, PostLink]:
        found: dict[str, PostLink] = {}
        for batch in _batches(places):
            found |= await self.posts.list_origins([place.key for place in batch])
        return found

    async def _elsewhere(
        self, new: Sequence[FoundPlace], kind: PostKind, places: Sequence[FoundPlace]
    ) -> Mapping[str, str]:
        held: set[str] = set()
        for batch in _batches(new):
            held |= await self.posts.list_held([place.slug for place in batch], kind=kind)
        taken = {place.slug for place in places if place.kind is kind}
        found = {}
        for place in new:
            if place.slug in held:
                found[place.key] = slug = await self._free(place.slug, kind, taken)
                taken.add(slug)
        return found

    async def _free(self, slug: str, kind: PostKind, taken: set[str]) -> str:
        number = 2
        while (tried := numbered(slug, number)) in taken or await self.posts.list_held([tried], kind=kind):
            number += 1
        return tried


def _batches(places: Sequence[FoundPlace]) -> Iterator[Sequence[FoundPlace]]:
    return (places[first : first + BATCH] for first in range(0, len(places), BATCH))
