"""Links that show a text before it is public, with what only whoever made them may see."""

from __future__ import annotations

from dataclasses import dataclass

from core.blog.addresses import PREVIEW_DAYS_MAX, PreviewLink
from core.errors import Conflict, Invalid, Problem
from core.text import N_

PREVIEWS_MAX = 20


class TooManyPreviews(Conflict):
    code = "too_many_previews"
    message = N_("There are 20 links to this text already. Revoke one that nobody needs any more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """*token* is the end of the address; whoever has it sees the text."""

    link: PreviewLink
    token: str


def refuse_days(days: int) -> None:
    """Raises Invalid."""
    if not 1 <= days <= PREVIEW_DAYS_MAX:
        raise Invalid(Problem.of("days", N_("A number from 1 to %(limit)d, please."), limit=PREVIEW_DAYS_MAX))
