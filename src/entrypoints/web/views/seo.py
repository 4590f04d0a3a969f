"""What search engines and places that show links are told of a page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

NO_DATA = Markup("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """The same page in the language *lang* (BCP 47), itself among them; ``x-default`` for whoever reads neither."""

    lang: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seo:
    """`partials/seo.html`. All addresses are whole. *data* is JSON-LD (schema.org), fit to stand in a `<script>`;
    *published_at* only of articles."""

    title: str
    url: str
    description: str = ""
    lang: str = ""
    image: str = ""
    image_alt: str = ""
    author: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    tags: tuple[str, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    data: Markup = NO_DATA

    @property
    def kind(self) -> str:
        return "article" if self.published_at else "website"
