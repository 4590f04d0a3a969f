"""What every page knows about the site it belongs to and the person who looks at it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date as day
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal

from entrypoints.web.views.desk_menu import DeskMenu, DeskNews, desk_menu
from entrypoints.web.views.rights import DeskRights

# One order for both languages: Babel's English is American, and its Russian adds a "г." that lists do not need.
DAY = "d MMMM y"
SHORT_DAY = "d MMM y"
MOMENT = f"{SHORT_DAY}, HH:mm"


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who is signed in; *role* is the role's translated name."""

    name: str
    email: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One translated sentence above the page after a redirect; with *undo_url* a button that posts there."""

    text: str
    undo_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """*lang* is the page's language (BCP 47), *locale* Babel's for dates and numbers; *path* the present
    address without query. *theme_css* is the tenant's colour sheet; *asset* maps a name under `static/`
    to its hashed address. *csrf_token* is empty on pages for visitors that hold no form."""

    title: str
    tagline: str
    lang: str
    locale: str
    time_zone: str
    base_url: str
    path: str
    theme_css: str
    asset: Callable[[str], str]
    menu: tuple[MenuItem, ...] = ()
    user: SignedIn | None = None
    can: DeskRights = field(default_factory=DeskRights)
    csrf_token: str = ""
    notice: Notice | None = None
    news: DeskNews = field(default_factory=DeskNews)

    @property
    def desk(self) -> DeskMenu:
        """The sections of the desk that this person may open."""
        return desk_menu(self.can)

    def date(self, value: datetime) -> str:
        """23 November 2026"""
        return format_date(self._local(value), DAY, locale=self.locale)

    def short_date(self, value: datetime) -> str:
        """23 Nov 2026"""
        return format_date(self._local(value), SHORT_DAY, locale=self.locale)

    def month(self, value: day) -> str:
        """November 2026"""
        return format_skeleton("yMMMM", value, locale=self.locale)

    def moment(self, value: datetime) -> str:
        """23 Nov 2026, 14:05"""
        return format_datetime(self._local(value), MOMENT, locale=self.locale)

    def time(self, value: datetime) -> str:
        """14:05"""
        return format_datetime(self._local(value), "HH:mm", locale=self.locale)

    def iso(self, value: datetime) -> str:
        """For `<time datetime>`."""
        return self._local(value).isoformat(timespec="seconds")

    def number(self, value: float) -> str:
        return format_decimal(value, locale=self.locale)

    def absolute(self, path: str) -> str:
        return f"{self.base_url.rstrip('/')}{path}"

    def is_current(self, url: str) -> bool:
        """Whether *url* of a menu is this page or a part of the site above it."""
        return self.path == url or (url != "/" and self.path.startswith(f"{url}/"))

    def _local(self, value: datetime) -> datetime:
        return value.astimezone(ZoneInfo(self.time_zone))
