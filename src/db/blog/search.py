"""Searching posts: what has the words, best first, each with the place where they stand."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import CTE, Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.storage import FoundPost, FoundPosts, PostFilter
from core.pagination import NumberedPage
from core.searching import Piece
from db.base import columns
from db.blog.filters import conditions, moment
from db.blog.rows import INDEXED, WHOLE_TEXTS, PostRow, post_of
from db.search.finds import Rows, answered, hits, nearest_words, once, page_of, searched
from db.search.marks import bare, marked_shortly, marked_whole, pieces, place_of_find, window
from db.search.wording import Wording, tsquery

_POSTS = PostRow.__table__


async def found_posts(session: AsyncSession, wanted: PostFilter, *, text: str, number: int, size: int) -> FoundPosts:
    async def ask(wording: Wording) -> Rows:
        query = _query(wanted, wording, number=number, size=size)
        rows: Rows = (await session.execute(query)).mappings().all()
        return rows

    rows, corrected = await searched(ask, text)
    items = [_found(row) for row in rows if row["id"] is not None]
    page = NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])
    return FoundPosts(page=page, corrected=corrected)


def _query(wanted: PostFilter, wording: Wording, *, number: int, size: int) -> Select[Any]:
    query = tsquery(wording)
    found = hits(_POSTS, query, moment(wanted), *conditions(wanted))
    shown = _shown(page_of(_POSTS, found, query, number=number, size=size), wording)
    marked = [
        marked_shortly(shown.c.window, query, lang=shown.c.lang).label("marked_window"),
        marked_whole(shown.c.bare, query, lang=shown.c.lang).label("marked_title"),
    ]
    return answered(found, shown, nearest_words(_POSTS, wanted.now, wording), marked)


def _shown(page: Select[Any], wording: Wording) -> CTE:
    """The posts of one page, each with its title and the surroundings of the first find. In steps, so that nothing is
    worked out twice."""
    chosen = page.subquery("chosen")
    place = place_of_find(PostRow.plain.expression, wording).label("found_at")
    spots = once(select(*chosen.c, place).join(PostRow, PostRow.id == chosen.c.id), "spots")
    texts = [
        window(PostRow.plain.expression, spots.c.found_at).label("window"),
        bare(PostRow.title.expression).label("bare"),
    ]
    post = columns(PostRow, without=(*INDEXED, *WHOLE_TEXTS))
    shown = select(*post, spots.c.score, spots.c.place, *texts).join(spots, spots.c.id == PostRow.id)
    return once(shown, "shown")


def _found(row: Mapping[Any, Any]) -> FoundPost:
    post = post_of(row)
    snippet = pieces(row["marked_window"], row["window"])
    if not any(piece.is_match for piece in snippet) and post.description:
        snippet = [Piece(text=post.description)]
    return FoundPost(post=post, title=pieces(row["marked_title"], post.title), snippet=snippet)
