"""Numbered lists: which page was asked for, and the way to its neighbours."""

from __future__ import annotations

from typing import Any

from core.blog.errors import PostNotFound
from core.locales import LOCALES
from core.pagination import NumberedPage
from entrypoints.web.addresses import with_query
from entrypoints.web.views import Pagination

TEXT_LENGTH = 200


def page_number(text: str | None) -> int:
    """The number in ``?page=``. Raises PostNotFound for what cannot be one."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= 9) or int(text) < 1:
        raise PostNotFound
    return int(text)


def searched(text: str | None) -> str:
    """What ``?q=`` looks for, cut to a sensible length."""
    return (text or "").strip()[:TEXT_LENGTH]


def chosen_lang(text: str | None) -> str:
    """The language in ``?lang=``, nothing for what is none of ours."""
    return text if text and text in LOCALES else ""


def pagination(page: NumberedPage[Any], path: str, **query: str) -> Pagination:
    previous = page.number - 1
    return Pagination(
        number=page.number,
        last=page.last,
        total=page.total,
        previous_url=with_query(path, **query, page=previous if previous > 1 else None) if previous else "",
        next_url=with_query(path, **query, page=page.number + 1) if page.number < page.last else "",
    )
