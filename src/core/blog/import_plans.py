"""Where the items of an archive will stand in a site that has texts of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.blog.addresses import address_of
from core.blog.archives import FoundItem, FoundPlace
from core.blog.entities import PostKind
from core.blog.storage import PostLink

_LINK = re.compile(r"(?P<before>\]\(\s*<?|\]:\s+<?)(?P<address>/(?:blog|pages)/[a-z0-9][a-z0-9-]*)")
_WIKI = re.compile(r"(?P<before>\[\[\s*)(?P<kind>post|page)\s*:\s*(?P<slug>[a-z0-9][a-z0-9-]*)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """*slugs*: by the key of an item, its address here, where that is not the one it asks for. *moved*: the same, from
    address to address. *present*: what came before, by its key; None when nobody looked. *originals*: by the key of an
    item, the key of the one that it translates; *translations* the other way round."""

    slugs: Mapping[str, str] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    present: Mapping[str, PostLink] | None = None
    originals: Mapping[str, str] = field(default_factory=dict)
    translations: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def slug_of(self, item: FoundItem) -> str:
        return self.slugs.get(item.key, item.text.slug)

    def original_of(self, item: FoundItem) -> str:
        """The key of what *item* translates, if that is in the archive; empty otherwise."""
        return self.originals.get(item.key, "")

    def translations_of(self, item: FoundItem) -> Sequence[str]:
        """The keys of what translates *item*."""
        return self.translations.get(item.key, ())

    def present_of(self, item: FoundItem) -> Mapping[str, PostLink]:
        """*item* and its kin, as far as they came before anybody began."""
        known = self.present or {}
        return {key: known[key] for key in (item.key, *self.kin_of(item)) if key in known}

    def unknown_of(self, item: FoundItem) -> Sequence[str]:
        """The keys of those of *item* and its kin that may have come since."""
        known = self.present or {}
        may_be_here = self.kin_of(item) if self.present is not None else [item.key, *self.kin_of(item)]
        return [key for key in may_be_here if key not in known]

    def kin_of(self, item: FoundItem) -> Sequence[str]:
        """The keys of what *item* translates and of what translates it."""
        original = self.original_of(item)
        return [*([original] if original else []), *self.translations_of(item)]

    def led_anew(self, body: str) -> str:
        """*body* with its links to items of the archive leading to where those will stand."""
        if not self.moved:
            return body
        body = _LINK.sub(lambda found: found["before"] + self._moved(found["address"]), body)
        return _WIKI.sub(self._wiki, body)

    def _wiki(self, found: re.Match[str]) -> str:
        address = self._moved(address_of(PostKind(found["kind"]), found["slug"]))
        return f"{found['before']}{found['kind']}:{address.rpartition('/')[2]}"

    def _moved(self, address: str) -> str:
        return self.moved.get(address, address)


NO_PLAN = ImportPlan()
"""Each item stands where it asks to, or at the next free address; translations find only what came before them."""


def plan_of(places: Sequence[FoundPlace], slugs: Mapping[str, str], present: Mapping[str, PostLink]) -> ImportPlan:
    """*slugs* are the addresses of those of *places* that will stand elsewhere, by their keys; *present* are those that
    came before."""
    keys = {(place.kind, place.slug): place.key for place in places}
    originals = {
        place.key: keys[place.kind, place.translation_of]
        for place in places
        if (place.kind, place.translation_of) in keys and place.translation_of != place.slug
    }
    translations: dict[str, list[str]] = {}
    for key, original in originals.items():
        translations.setdefault(original, []).append(key)
    moved = {
        address_of(place.kind, place.slug): address_of(place.kind, slugs[place.key])
        for place in places
        if place.key in slugs
    }
    return ImportPlan(slugs=slugs, moved=moved, present=present, originals=originals, translations=translations)
