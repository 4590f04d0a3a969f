"""Which posts belong where, as PostStorage says."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from core.access import Scope
from core.blog.entities import Post, PostId, PostKind
from core.blog.storage import Neighbourhood, PostFilter, PostLink, Shelf, Shelves
from tests.core.fakes.blog_search import has_words

_LAST = 10**6


def place(post: Post) -> tuple[datetime, str]:
    return post.published_at or post.updated_at, post.id


def short(post: Post) -> Post:
    return replace(post, body="", html="", plain="")


def group_of(post: Post) -> PostId:
    return post.group_id or post.id


def link_to(post: Post) -> PostLink:
    return PostLink(**{name: getattr(post, name) for name in PostLink.__dataclass_fields__})


def series_order(post: Post) -> tuple[Any, ...]:
    return post.series_part or _LAST, *place(post)


def is_wanted(post: Post, wanted: PostFilter, everything: Iterable[Post]) -> bool:
    is_chosen = all(_conditions(post, wanted)) and is_whose(post, wanted)
    return is_chosen and is_first_choice(post, wanted.preferred, everything, wanted.now)


def is_whose(post: Post, wanted: PostFilter) -> bool:
    is_own = wanted.viewer is not None and post.author_id == wanted.viewer
    return wanted.scope is Scope.ALL or (wanted.scope is Scope.OWN and is_own)


def is_first_choice(post: Post, lang: str | None, everything: Iterable[Post], now: datetime) -> bool:
    if lang in (None, post.lang):
        return True
    group = [other for other in everything if group_of(other) == group_of(post) and other.kind is post.kind]
    return not any(other.lang == lang and other.is_readable(now) for other in group)


def around(post: Post, everything: Collection[Post], *, now: datetime, preferred: str) -> Neighbourhood:
    readable = [one for one in everything if one.kind is post.kind and one.is_readable(now)]
    translations = [one for one in readable if group_of(one) == group_of(post) and one.id != post.id]
    beside = Neighbourhood(translations=_links(sorted(translations, key=lambda one: (one.lang, one.id))))
    if post.kind is PostKind.PAGE:
        return beside
    others = [one for one in readable if group_of(one) != group_of(post)]
    shown = sorted((one for one in others if is_first_choice(one, preferred, everything, now)), key=place)
    parts = [one for one in readable if post.series_slug and one.series_slug == post.series_slug]
    return replace(
        beside,
        older=next((link_to(one) for one in shown[::-1] if post.published_at and place(one) < place(post)), None),
        newer=next((link_to(one) for one in shown if post.published_at and place(one) > place(post)), None),
        related=_links(_related(post, shown[::-1])),
        parts=_links(
            sorted((one for one in parts if is_first_choice(one, post.lang, everything, now)), key=series_order)
        ),
    )


def shelves_of(posts: Sequence[Post], time_zone: str | None) -> Shelves:
    """Of *posts*, newest first; without a time zone only tags and series."""
    zone = ZoneInfo(time_zone) if time_zone else UTC
    years = [(str(post.published_at.astimezone(zone).year), post) for post in posts if post.published_at]
    named = [(year, year, post) for year, post in years] if time_zone else []
    return Shelves(
        tags=_shelf((tag, tag, post) for post in posts for tag in post.tags),
        series=_shelf((post.series_slug, post.series, post) for post in posts),
        authors=_shelf((post.author_slug, post.author_name, post) for post in posts if time_zone),
        years=_shelf(named)[::-1],
    )


def _conditions(post: Post, wanted: PostFilter) -> Iterable[bool]:
    yield (post.trashed_at is not None) == wanted.is_trashed
    yield wanted.kind in (None, post.kind)
    yield wanted.status in (None, post.status(wanted.now))
    yield wanted.tag is None or wanted.tag in post.tags
    yield wanted.series in (None, post.series_slug)
    yield wanted.author in (None, post.author_slug)
    yield wanted.since is None or (post.published_at is not None and post.published_at >= wanted.since)
    yield wanted.until is None or (post.published_at is not None and post.published_at < wanted.until)
    yield wanted.lang in (None, post.lang)
    yield wanted.slug in (None, post.slug)
    yield wanted.mention is None or wanted.mention in post.mentions
    text = (wanted.text or "").replace("\x00", "")
    yield not text or text.lower() in post.title.lower() or has_words(post, text)


def _related(post: Post, newest_first: Sequence[Post]) -> Sequence[Post]:
    near = [one for one in newest_first if set(one.tags) & set(post.tags)]
    return sorted(near, key=lambda one: -len(set(one.tags) & set(post.tags)))[:3]


def _links(posts: Iterable[Post]) -> Sequence[PostLink]:
    return [link_to(post) for post in posts]


def _shelf(entries: Iterable[tuple[str, str, Post]]) -> Sequence[Shelf]:
    found: dict[str, Shelf] = {}
    for slug, name, post in entries:
        shelf = found.get(slug) or Shelf(name=name, slug=slug, count=0)
        moments = [moment for moment in (shelf.newest_at, post.published_at) if moment]
        found[slug] = replace(shelf, count=shelf.count + 1, newest_at=max(moments, default=None))
    return sorted((shelf for slug, shelf in found.items() if slug), key=lambda one: (one.name.casefold(), one.slug))
