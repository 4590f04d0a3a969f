"""What an owner decides about her site as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from zoneinfo import available_timezones

from core.errors import Problem, refuse_if_any
from core.links import Link, link_problems
from core.locales import LOCALES
from core.text import N_

TITLE_LENGTH = 100
TAGLINE_LENGTH = 200
ABOUT_LENGTH = 5_000
MENU_LENGTH = 8
SECTIONS = ("blog", "matrix", "contacts")
FIRST_SECTIONS = ("blog",)
"""What a new site has; its owner switches on the rest."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteSettings:
    """*about* is Markdown and *about_html* what came of it; *picture* is a media key; *version* counts saves."""

    title: str
    locale: str
    time_zone: str
    accent: str
    tagline: str = ""
    about: str = ""
    about_html: str = ""
    picture: str | None = None
    picture_alt: str = ""
    menu: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()
    sections: tuple[str, ...] = FIRST_SECTIONS
    version: int = 1

    def changed_to(self, wanted: SiteWishes, *, about_html: str) -> SiteSettings:
        """These settings as *wanted*. Raises Invalid naming each field."""
        refuse_if_any(wanted.problems())
        fields = {name: getattr(wanted, name) for name in SiteWishes.__dataclass_fields__}
        return replace(self, **fields, about_html=about_html)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteWishes:
    """The settings as somebody typed them, not yet checked."""

    title: str
    locale: str
    time_zone: str
    accent: str
    tagline: str = ""
    about: str = ""
    picture: str | None = None
    picture_alt: str = ""
    menu: tuple[Link, ...] = ()
    ways: tuple[Link, ...] = ()
    sections: tuple[str, ...] = FIRST_SECTIONS

    def problems(self) -> list[Problem]:
        found = [*self._text_problems(), *self._choice_problems()]
        for field, links in (("menu", self.menu), ("ways", self.ways)):
            found += link_problems(links, field)
            if len(links) > MENU_LENGTH:
                found.append(Problem.of(field, N_("At most %(limit)d entries, please."), limit=MENU_LENGTH))
        return found

    def _text_problems(self) -> list[Problem]:
        found = []
        if not self.title.strip():
            found.append(Problem.of("title", N_("The site needs a title.")))
        limits = (
            ("title", TITLE_LENGTH),
            ("tagline", TAGLINE_LENGTH),
            ("about", ABOUT_LENGTH),
            ("picture_alt", 300),
        )
        for field, limit in limits:
            if len(getattr(self, field)) > limit:
                found.append(Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit))
        return found

    def _choice_problems(self) -> list[Problem]:
        found = []
        if self.locale not in LOCALES:
            found.append(Problem.of("locale", N_("Choose one of the languages offered.")))
        if self.time_zone not in _time_zones():
            found.append(Problem.of("time_zone", N_("Choose a time zone such as Europe/Stockholm.")))
        if not _COLOUR.fullmatch(self.accent):
            found.append(Problem.of("accent", N_("Write the colour as # and six digits, such as #c2410c.")))
        unknown = [name for name in self.sections if name not in SECTIONS]
        if unknown:
            found.append(Problem.of("sections", N_("There is no section “%(name)s”."), name=unknown[0]))
        return found


@cache
def _time_zones() -> frozenset[str]:
    """Read from the disk once: it takes longer than all else that is checked."""
    return frozenset(available_timezones())
