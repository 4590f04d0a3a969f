"""When something is in the way."""

from __future__ import annotations

from dataclasses import dataclass

from entrypoints.web.views.site import MenuItem


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """`errors/error.html`: an error inside a site. *detail* is the translated sentence of the core error, if
    it says more than the page's own words for *status*; *ways* are added to the ways on that the page
    offers itself. *reasons* and *advice* say why she may not; *why_url* leads to them."""

    status: int
    detail: str = ""
    request_id: str = ""
    retry_after: int | None = None
    ways: tuple[MenuItem, ...] = ()
    reasons: tuple[str, ...] = ()
    advice: str = ""
    why_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPage:
    """`errors/retry.html`: a form whose proof was worthless, to be sent once more with all that was typed (*fields*,
    name and value; passwords have to be typed again)."""

    action: str
    fields: tuple[tuple[str, str], ...]
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainErrorPage:
    """`errors/plain.html`: an error outside of any site (unknown host, stalled database). Takes only `page`;
    names no site. *stylesheet* may be empty: then the browser's own look is what there is."""

    status: int
    lang: str = "en"
    request_id: str = ""
    stylesheet: str = ""
