"""Where things are on a site."""

from __future__ import annotations

from urllib.parse import quote, urlencode

DESK = "/admin"
FACTORS = "/admin/profile/factors"
"""Where somebody looks after what she signs in with."""


def post_url(slug: str) -> str:
    return f"/blog/{slug}"


def tag_url(tag: str) -> str:
    return f"/blog/tags/{quote(tag, safe='')}"


def series_url(series: str) -> str:
    return f"/blog/series/{series}"


def author_url(author: str) -> str:
    return f"/blog/authors/{author}"


def year_url(year: str) -> str:
    return f"/blog/{year}"


def preview_url(token: str) -> str:
    return f"/preview/{token}"


def media_url(key: str) -> str:
    return f"/media/{key}"


def with_query(path: str, **values: str | int | None) -> str:
    """*path* with those of *values* that say something."""
    kept = {name: value for name, value in values.items() if value not in (None, "", 0)}
    return f"{path}?{urlencode(kept)}" if kept else path


def safe_next(text: str) -> str:
    """Where to go after signing in: a path of this site, whatever *text* says."""
    is_path = text.startswith("/") and not text.startswith(("//", "/\\")) and "\\" not in text
    return text if is_path and text.isprintable() else DESK
