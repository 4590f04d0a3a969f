"""What can go wrong in the business, in seven words. No HTTP here: the edges choose a status.

Every error carries a translatable *message* (an English msgid with ``%(name)s`` placeholders), the
*params* for it, and a stable *code* that programs may compare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from core.text import N_

if TYPE_CHECKING:
    from core.access import Explanation


class TerraceError(Exception):
    """The root of all expected errors; whatever is not one of these is a bug."""

    code: ClassVar[str] = "error"
    message: str = N_("Something went wrong.")

    def __init__(self, **params: object) -> None:
        super().__init__(self.message % params if params else self.message)
        self.params = params


class NotFound(TerraceError):
    code = "not_found"
    message = N_("There is nothing here.")


class Unauthenticated(TerraceError):
    code = "unauthenticated"
    message = N_("Please sign in first.")


class Forbidden(TerraceError):
    """*why* is for the one who was refused, who is a member of the site."""

    code = "forbidden"
    message = N_("You may not do this.")

    def __init__(self, why: Explanation | None = None, **params: object) -> None:
        super().__init__(**params)
        self.why = why


class Conflict(TerraceError):
    code = "conflict"
    message = N_("This clashes with the present state.")


class StaleVersion(Conflict):
    """Somebody else saved in between; *current* is the version that stands now."""

    code = "stale_version"
    message = N_("Somebody changed this in the meantime.")

    def __init__(self, *, current: int) -> None:
        super().__init__(current=current)
        self.current = current


class TooMany(TerraceError):
    """A limit is used up; *retry_after* is in whole seconds, at least 1."""

    code = "too_many"
    message = N_("Too many attempts. Please try again later.")

    def __init__(self, *, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = max(1, retry_after)


class Unavailable(TerraceError):
    """Something that we depend on does not answer; trying again in *retry_after* seconds makes sense."""

    code = "unavailable"
    message = N_("This is not available at the moment. Please try again shortly.")

    def __init__(self, *, retry_after: int = 5) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing wrong with one field: *field* as a path ("menu.0.url"), a msgid and its parameters."""

    field: str
    message: str
    params: dict[str, object]

    @classmethod
    def of(cls, field: str, message: str, **params: object) -> Problem:
        return cls(field=field, message=message, params=params)


class Invalid(TerraceError):
    """The input cannot be accepted; *problems* names each field and what to do about it."""

    code = "invalid"
    message = N_("Please correct the marked fields.")

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = problems


def refuse_if_any(problems: list[Problem]) -> None:
    """Raise Invalid with all of *problems*, or return when there are none."""
    if problems:
        raise Invalid(*problems)
