"""The settings' form: from what was typed to wishes, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import available_timezones

from pydantic import Field

from core.links import Link
from core.site.entities import SiteSettings, SiteWishes
from entrypoints.web.forms import WebForm

ROWS_READ = 50
SWITCHED = ("matrix", "contacts")
"""Sections with a box each."""
_COLOUR = re.compile(r"#[0-9a-f]{6}")


class SiteForm(WebForm):
    title: str = ""
    tagline: str = ""
    about: str = ""
    picture: str = ""
    picture_alt: str = ""
    accent: str = ""
    locale: str = ""
    time_zone: str = ""
    matrix: str = ""
    contacts: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def wishes(self, values: Mapping[str, str], *, sections: tuple[str, ...]) -> SiteWishes:
        """Rows of *values* with both fields empty go away. *sections* are those that the site has now."""
        others = tuple(section for section in sections if section not in SWITCHED)
        switched = tuple(section for section in SWITCHED if getattr(self, section))
        return SiteWishes(
            title=self.title.strip(),
            locale=self.locale,
            time_zone=self.time_zone.strip(),
            accent=self.accent.strip().lower(),
            tagline=self.tagline.strip(),
            about=self.about.replace("\r\n", "\n"),
            picture=self.picture or None,
            picture_alt=self.picture_alt.strip(),
            menu=links_of(values, "menu"),
            ways=links_of(values, "ways"),
            sections=(*others, *switched),
        )


def links_of(values: Mapping[str, str], name: str) -> tuple[Link, ...]:
    rows = ((values.get(f"{name}-{n}-label", ""), values.get(f"{name}-{n}-url", "")) for n in range(ROWS_READ))
    return tuple(Link(label=label.strip(), url=url.strip()) for label, url in rows if label.strip() or url.strip())


def with_rows_closed_up(values: Mapping[str, str]) -> dict[str, str]:
    """*values* with the rows numbered as `links_of` counts them, so that what is wrong stands beside the right one."""
    others = {name: value for name, value in values.items() if not name.startswith(("menu-", "ways-"))}
    return others | rows_of("menu", links_of(values, "menu")) | rows_of("ways", links_of(values, "ways"))


def site_values(site: SiteSettings) -> dict[str, str]:
    values = {
        "title": site.title,
        "tagline": site.tagline,
        "about": site.about,
        "picture": site.picture or "",
        "picture_alt": site.picture_alt,
        "accent": site.accent,
        "locale": site.locale,
        "time_zone": site.time_zone,
        **{section: "on" if section in site.sections else "" for section in SWITCHED},
        "version": str(site.version),
    }
    return values | rows_of("menu", site.menu) | rows_of("ways", site.ways)


def is_colour(text: str) -> bool:
    return _COLOUR.fullmatch(text) is not None


@lru_cache(1)
def time_zones() -> tuple[str, ...]:
    """Those that people look for: a continent and a city, and UTC."""
    cities = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix", "right")))
    return ("UTC", *sorted(cities))


def rows_of(name: str, links: tuple[Link, ...]) -> dict[str, str]:
    rows: dict[str, str] = {}
    for number, link in enumerate(links):
        rows[f"{name}-{number}-label"], rows[f"{name}-{number}-url"] = link.label, link.url
    return rows
