"""Where a picture is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from core.access import Access, Action
from core.identity import UserId


class PlaceKind(StrEnum):
    POST = "post"
    PAGE = "page"
    SITE = "site"
    QUESTION = "question"
    PROFILE = "profile"


_READING = {PlaceKind.QUESTION: Action.READ_UNPUBLISHED_QUESTION, PlaceKind.PROFILE: Action.READ_USER}
"""What is needed to know of a place that is not public; for texts READ_UNPUBLISHED_POST."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaPlace:
    """*id* and *title* of the post, page, question or person, both empty for the site itself and for what one may not
    know of; *published_at* is None for what is not public."""

    kind: PlaceKind
    id: str = ""
    title: str = ""
    owner_id: UserId | None = None
    published_at: datetime | None = None
    is_trashed: bool = False

    def is_known_to(self, access: Access, *, now: datetime) -> bool:
        """Whether it is public, or an unpublished text or a profile that the actor may read."""
        action = _READING.get(self.kind, Action.READ_UNPUBLISHED_POST)
        is_out = self.published_at is not None and self.published_at <= now and not self.is_trashed
        return is_out or self.kind is PlaceKind.SITE or access.can(action, on=self)


def as_seen(places: Sequence[MediaPlace], access: Access, *, now: datetime) -> tuple[MediaPlace, ...]:
    """All of *places*, those nameless that the actor may not know of: that a file is used is no secret, by what is."""
    return tuple(place if place.is_known_to(access, now=now) else replace(place, id="", title="") for place in places)
