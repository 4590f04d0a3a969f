"""What somebody tells readers of herself."""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import Problem
from core.links import Link, link_problems
from core.locales import LOCALES
from core.text import N_
from core.users.entities import User, name_problem

BIO_LENGTH = 3_000
PICTURE_ALT_LENGTH = 300
LINKS_LENGTH = 8
_KEY_LENGTH = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """*bio* is Markdown and *bio_html* what came of it; *picture* is a media key."""

    bio: str = ""
    bio_html: str = ""
    picture: str | None = None
    picture_alt: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileWishes:
    """*locale* is the desk's language, None for the site's own."""

    name: str
    locale: str | None = None
    bio: str = ""
    picture: str | None = None
    picture_alt: str = ""
    links: tuple[Link, ...] = ()

    def problems(self) -> list[Problem]:
        found = [name_problem(self.name), *(self._too_long()), *link_problems(self.links, "links")]
        if self.locale is not None and self.locale not in LOCALES:
            found.append(Problem.of("locale", N_("Choose one of the languages offered.")))
        if self.picture is not None and len(self.picture) > _KEY_LENGTH:
            found.append(Problem.of("picture", N_("Choose one of the pictures offered.")))
        if len(self.links) > LINKS_LENGTH:
            found.append(Problem.of("links", N_("At most %(limit)d links, please."), limit=LINKS_LENGTH))
        return [problem for problem in found if problem is not None]

    def _too_long(self) -> list[Problem]:
        limits = (("bio", self.bio, BIO_LENGTH), ("picture_alt", self.picture_alt, PICTURE_ALT_LENGTH))
        return [
            Problem.of(field, N_("At most %(limit)d characters, please."), limit=limit)
            for field, text, limit in limits
            if len(text) > limit
        ]

    def profile(self, *, bio_html: str) -> Profile:
        return Profile(
            bio=self.bio,
            bio_html=bio_html,
            picture=self.picture,
            picture_alt=self.picture_alt if self.picture else "",
            links=self.links,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Somebody as readers see her."""

    name: str
    profile: Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """Somebody with what she tells of herself."""

    user: User
    profile: Profile
