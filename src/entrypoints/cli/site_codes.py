"""Checks what an operator says of a new site by the rules that its owner's desk has."""

from __future__ import annotations

from typing import Any

from core.errors import Problem, refuse_if_any
from core.links import Link
from core.site.entities import SiteWishes
from core.tenancy.entities import SiteCode, site_slug_problem
from core.users.entities import email_problem, normalised_email


def site_code(**fields: Any) -> SiteCode:
    """A SiteCode of *fields*. Raises Invalid naming every field that cannot stand."""
    code = SiteCode(**{**fields, "owner_email": normalised_email(fields["owner_email"])})
    wishes = SiteWishes(
        title=code.title,
        locale=code.locale,
        time_zone=code.time_zone,
        accent=code.accent,
        tagline=code.tagline,
        about=code.about,
        picture_alt=code.picture_alt,
        menu=tuple(Link(label=label, url=url) for label, url in code.menu),
        ways=tuple(Link(label=label, url=url) for label, url in code.ways),
        sections=code.sections,
    )
    others: list[Problem | None] = [site_slug_problem(code.slug), email_problem(code.owner_email)]
    others += [_twice(host) for host in sorted({host for host in code.hosts if code.hosts.count(host) > 1})]
    refuse_if_any([*wishes.problems(), *(problem for problem in others if problem)])
    return code


def _twice(host: str) -> Problem:
    return Problem.of("host", "%(host)s is named twice.", host=host)
