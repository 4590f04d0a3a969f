"""From lists of posts to the pages that show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from markupsafe import Markup

from core.blog.entities import Post
from core.blog.storage import FoundPosts, Shelf, Shelves
from core.pagination import NumberedPage
from core.users.profiles import Author
from entrypoints.web.addresses import author_url, media_url, series_url, tag_url, with_query, year_url
from entrypoints.web.lists import pagination
from entrypoints.web.pages.reading import found_item, list_item
from entrypoints.web.views import Archive, AuthorView, MenuItem, Pagination, PictureView, PostListPage, ShelfLink
from entrypoints.web.words import LANGUAGES

BLOG = "/blog"
TAGS_SHOWN = 40
PORTRAIT_SIZE = 240


def whole_page(found: NumberedPage[Post], *, own: str, lang: str, shelves: Shelves | None) -> PostListPage:
    """All posts of the blog; *own* is the site's language, *lang* the chosen one."""
    return PostListPage(
        posts=tuple(list_item(post) for post in found.items),
        pagination=pagination(found, BLOG, lang=lang),
        lang=lang,
        languages=_languages(found.items, lang=lang, own=own),
        archive=archive(shelves) if shelves else None,
    )


def search_page(found: FoundPosts, text: str, *, lang: str) -> PostListPage:
    return PostListPage(
        posts=tuple(found_item(item) for item in found.page.items),
        pagination=pagination(found.page, BLOG, q=text, lang=lang),
        query=text,
        corrected=found.corrected or "",
        lang=lang,
    )


def shelf_page(
    found: NumberedPage[Post], *, kind: Literal["tag", "author", "year"], name: str, path: str
) -> PostListPage:
    return PostListPage(
        posts=tuple(list_item(post) for post in found.items),
        pagination=pagination(found, path),
        kind=kind,
        name=name,
        path=path,
    )


def series_page(parts: Sequence[Post], *, path: str) -> PostListPage:
    """All of it on one page: whoever reads a series wants to see how long it is."""
    return PostListPage(
        posts=tuple(list_item(post, part=number) for number, post in enumerate(parts, start=1)),
        pagination=Pagination(total=len(parts)),
        kind="series",
        name=parts[0].series,
        path=path,
    )


def archive(shelves: Shelves) -> Archive | None:
    """None where there is nothing to choose from. Of many tags those that most posts have."""
    several = shelves.authors if len(shelves.authors) > 1 else ()
    frequent = sorted(shelves.tags, key=lambda shelf: -shelf.count)[:TAGS_SHOWN]
    found = Archive(
        years=tuple(_link(shelf, year_url(shelf.slug)) for shelf in shelves.years),
        series=tuple(_link(shelf, series_url(shelf.slug)) for shelf in shelves.series),
        authors=tuple(_link(shelf, author_url(shelf.slug)) for shelf in several),
        tags=tuple(_link(shelf, tag_url(shelf.slug)) for shelf in shelves.tags if shelf in frequent),
    )
    return found if found.shelves else None


def _link(shelf: Shelf, url: str) -> ShelfLink:
    return ShelfLink(name=shelf.name, url=url, count=shelf.count)


def _languages(posts: Sequence[Post], *, lang: str, own: str) -> tuple[ShelfLink, ...]:
    """Offered as soon as somebody has chosen, or sees that there is something in another language."""
    if not lang and all(post.lang == own for post in posts):
        return ()
    return tuple(
        ShelfLink(
            name=language.label,
            url=with_query(BLOG, lang=language.value),
            lang=language.value,
            is_current=language.value == lang,
        )
        for language in LANGUAGES
    )


def author_view(author: Author) -> AuthorView | None:
    """None for who tells nothing of herself."""
    profile = author.profile
    if not (profile.bio_html or profile.picture or profile.links):
        return None
    picture = None
    if profile.picture:
        size = PORTRAIT_SIZE
        picture = PictureView(url=media_url(profile.picture), alt=profile.picture_alt, width=size, height=size)
    return AuthorView(
        bio_html=Markup(profile.bio_html),  # noqa: S704 - the output of our own sanitiser
        picture=picture,
        links=tuple(MenuItem(label=link.label, url=link.url) for link in profile.links),
    )
