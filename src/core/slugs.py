"""The part of an address that names a thing."""

from __future__ import annotations

import re
from typing import Protocol

from core.errors import Problem
from core.text import N_

SLUG_LENGTH = 100
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_YEAR = re.compile(r"[0-9]{4}")

RESERVED_SLUGS = frozenset(
    {
        "tags",
        "series",
        "authors",
        "feed",
        "new",
        "edit",
        "search",
        "interview",
        "suggestions",
        "page",
        "preview",
    }
)
"""Words that addresses use themselves (CONTRACT: Addresses); four digits are a year and reserved too."""


class SlugMaker(Protocol):
    def make(self, title: str) -> str:
        """A slug from a title in any script; empty when nothing of it can be used."""
        ...


def numbered(slug: str, number: int) -> str:
    """*slug* with *number* behind it, within the length of a slug."""
    end = f"-{number}"
    return f"{slug[: SLUG_LENGTH - len(end)].rstrip('-')}{end}"


def slug_problem(slug: str, field: str = "slug") -> Problem | None:
    """What is wrong with *slug*, or None."""
    if not slug:
        return Problem.of(field, N_("An address is needed: small letters, digits and hyphens."))
    if len(slug) > SLUG_LENGTH:
        return Problem.of(field, N_("The address may have at most %(limit)d characters."), limit=SLUG_LENGTH)
    if not _SLUG.fullmatch(slug):
        return Problem.of(field, N_("Only small letters, digits and single hyphens between them."))
    if slug in RESERVED_SLUGS or _YEAR.fullmatch(slug):
        return Problem.of(field, N_("“%(slug)s” is used by the site itself. Please choose another address."), slug=slug)
    return None
