"""An answer to "why?": the decision, whom it is about and what."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import Action, Explanation
from core.identity import RoleKey, UserId
from core.policy import SitePolicy

SEEN_BY = {
    "post": Action.READ_UNPUBLISHED_POST,
    "question": Action.READ_UNPUBLISHED_QUESTION,
    "media": Action.LIST_MEDIA,
    "session": Action.READ_SESSION,
}
"""Kinds of things that one can ask about, and the right that shows one that is not public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """*owner_id* is None when its maker is gone; *label* is what people call it."""

    kind: str
    id: str
    label: str
    owner_id: UserId | None
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: UserId
    name: str
    role: RoleKey
    is_enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose rights are asked for, before anything is looked up; None for a role without a person."""

    owner_id: UserId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """*person* is None when the one who asks is meant, or a role; *policy* has the names of the site's roles."""

    explanation: Explanation
    person: Person | None
    is_me: bool
    thing: Thing | None
    policy: SitePolicy

    @property
    def is_allowed(self) -> bool:
        """Whoever is shut out does nothing, whatever her role may."""
        return self.explanation.is_allowed and (self.person is None or self.person.is_enabled)


def kind_of(action: Action) -> str:
    return action.value.partition(".")[0]
