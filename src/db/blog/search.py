"""Searching posts: what has the words, best first, each with the place where they stand."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    case,
    cast,
    func,
    literal,
    literal_column,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB, REGCONFIG
from sqlalchemy.ext.asyncio import AsyncSession

from core.blog.storage import FoundPost, FoundPosts, PostFilter
from core.pagination import NumberedPage
from core.searching import Piece
from db.base import columns
from db.blog.filters import conditions, moment
from db.blog.rows import INDEXED, WHOLE_TEXTS, PostRow, post_of
from db.blog.slips import slips
from db.blog.wording import MARKS, Query, Wording, cleaned, folded, plain_words, tsquery, understood

RANKED = 200
"""So many are weighed: those with the words in title, tags or summary first, then the newest; the others follow by
date. A word that stands in all of ten thousand posts would take a second otherwise."""
LOOKED_THROUGH = 100_000
WINDOW = 700
"""A snippet is made of so many letters, from a little before the first word that was looked for: to mark the finds
PostgreSQL has to take every word of them apart."""
_FURTHEST = 2**31
_BEFORE = 200
_START, _STOP = MARKS[0], MARKS[1]
_MARKED = re.compile(f"{_START}(.*?){_STOP}", re.DOTALL)
_SHORT = f"StartSel={_START}, StopSel={_STOP}, MinWords=18, MaxWords=36, ShortWord=2"
_ALL = f"StartSel={_START}, StopSel={_STOP}, HighlightAll=true"

# A word is known when somebody who reads finds a post by it. Only asked when nothing was found.
_NEAREST = """
    SELECT jsonb_object_agg(asked.word, near.word)
    FROM unnest(CAST(:words AS text[]), CAST(:beginnings AS text[]), CAST(:slips AS text[]))
        AS asked (word, beginning, slips)
    CROSS JOIN LATERAL (
        SELECT near.word FROM (
            SELECT known.word, known.is_slip, similarity(known.word, asked.word) AS likeness FROM (
                SELECT word, true AS is_slip FROM search_words WHERE word = ANY (string_to_array(asked.slips, ' '))
                UNION ALL SELECT word, false FROM search_words WHERE word % asked.word
            ) AS known
            ORDER BY is_slip DESC, likeness DESC, word LIMIT 20
        ) AS near
        WHERE EXISTS (SELECT FROM posts WHERE is_public AND trashed_at IS NULL AND published_at <= :now AND search @@
            (plainto_tsquery('english', near.word) || plainto_tsquery('russian', near.word)))
        ORDER BY is_slip DESC, likeness DESC, word LIMIT 1
    ) AS near
    WHERE numnode(plainto_tsquery('english', asked.word)) > 0 AND numnode(plainto_tsquery('russian', asked.word)) > 0
    AND NOT EXISTS (SELECT FROM posts WHERE is_public AND trashed_at IS NULL AND published_at <= :now AND search @@
        (plainto_tsquery('english', asked.word) || plainto_tsquery('russian', asked.word)
        || to_tsquery('english', asked.beginning) || to_tsquery('russian', asked.beginning)))
"""


async def found_posts(session: AsyncSession, wanted: PostFilter, *, text: str, number: int, size: int) -> FoundPosts:
    typed = cleaned(text)
    rows = await _rows(session, wanted, understood(typed), number=number, size=size)
    nearest: Mapping[str, str] = rows[0]["nearest"] or {}
    corrected = re.sub(r"\w+", lambda word: nearest.get(word[0].lower(), word[0]), typed) if nearest else None
    if corrected is not None:
        rows = await _rows(session, wanted, understood(corrected), number=number, size=size)
    items = [_found(row) for row in rows if row["id"] is not None]
    page = NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])
    return FoundPosts(page=page, corrected=corrected if page.total else None)


async def _rows(
    session: AsyncSession, wanted: PostFilter, wording: Wording, *, number: int, size: int
) -> Sequence[Mapping[Any, Any]]:
    """Always at least one row, which says how many there are."""
    query = tsquery(wording)
    hits = _hits(wanted, query)
    page = _ranked(hits, query).limit(size).offset(min((number - 1) * size, _FURTHEST))
    shown = _shown(page, wording)
    whole = select(func.count().label("total")).select_from(hits).subquery("whole")
    nearest = case((whole.c.total == 0, _nearest(wanted, wording)), else_=None).label("nearest")
    chosen = select(whole.c.total, nearest, *shown.c, *_marked(shown, query))
    asked = chosen.select_from(whole.outerjoin(shown, true())).order_by(shown.c.score.desc(), shown.c.place)
    return (await session.execute(asked)).mappings().all()


def _hits(wanted: PostFilter, query: Query) -> CTE:
    """All that match, without anything that would have to be fetched from elsewhere."""
    has_words = PostRow.search.bool_op("@@")(query)
    is_headed = PostRow.heading.bool_op("@@")(query).label("is_headed")
    found = select(PostRow.id, moment(wanted).label("moment"), is_headed).where(*conditions(wanted), has_words)
    return _once(found, "hits")


def _ranked(hits: CTE, query: Query) -> Select[Any]:
    order = (hits.c.is_headed.desc(), hits.c.moment.desc(), hits.c.id.desc())
    # The planner cannot know how many there are: worked out once, nothing of it is worked out for each of them.
    placed = _once(select(hits.c.id, func.row_number().over(order_by=order).label("place")), "placed")
    # What stands in the title weighs more than any number of times in the text, which counts for less than 1.
    headed = func.ts_rank(literal_column("'{0, 0, 0.4, 1}'"), PostRow.heading, query)
    within = func.ts_rank_cd(literal_column("'{0.1, 0.2, 0.4, 1}'"), PostRow.search, query, 1 | 32)
    score = (4 * headed + within).label("score")
    # By a limit the planner knows how few they are, and fetches these instead of reading all posts.
    first = select(*placed.c).order_by(placed.c.place).limit(RANKED).subquery("first")
    weighed = select(*first.c, score).join(PostRow, PostRow.id == first.c.id)
    others = select(*placed.c, literal(-1.0).label("score")).where(placed.c.place > RANKED)
    found = union_all(weighed, others).subquery("found")
    return select(*found.c).order_by(found.c.score.desc(), found.c.place)


def _shown(page: Select[Any], wording: Wording) -> CTE:
    """The posts of one page, each with its title and the surroundings of the first find. In steps, so that nothing is
    worked out twice."""
    chosen = page.subquery("chosen")
    text = func.lower(func.translate(func.left(PostRow.plain, LOOKED_THROUGH), "ёЁ", "еЕ"))
    start = func.greatest(func.strpos(text, _needle(wording)) - _BEFORE, 1).label("start")
    placed = select(*chosen.c, start).join(PostRow, PostRow.id == chosen.c.id)
    spots = _once(placed, "spots")
    cut = func.substr(PostRow.plain, spots.c.start, WINDOW)
    window = case((spots.c.start > 1, func.regexp_replace(cut, r"^\S*\s", "")), else_=cut)
    bare = [func.translate(window, MARKS, "").label("window"), func.translate(PostRow.title, MARKS, "").label("bare")]
    post = columns(PostRow, without=(*INDEXED, *WHOLE_TEXTS))
    shown = select(*post, spots.c.score, spots.c.place, *bare).join(spots, spots.c.id == PostRow.id)
    return _once(shown, "shown")


def _once(query: Select[*tuple[Any, ...]], name: str) -> CTE:
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")


def _marked(shown: CTE, query: Query) -> list[ColumnElement[Any]]:
    """Title and surroundings with the finds between marks."""
    language = case((shown.c.lang == "ru", "russian"), (shown.c.lang == "en", "english"), else_="simple")
    config = cast(language, REGCONFIG)
    return [
        func.ts_headline(config, func.translate(shown.c.window, "ёЁ", "еЕ"), query, _SHORT).label("marked_window"),
        func.ts_headline(config, func.translate(shown.c.bare, "ёЁ", "еЕ"), query, _ALL).label("marked_title"),
    ]


def _needle(wording: Wording) -> str:
    """The beginning of the first word that is looked for: endings change."""
    words = (term.text for terms in wording for term in terms if not term.is_unwanted)
    word = next((found[0].lower() for term in words if (found := re.search(r"\w+", term))), "")
    return word[:-2] if len(word) > 5 else word


def _nearest(wanted: PostFilter, wording: Wording) -> ColumnElement[Any]:
    words = plain_words(wording)
    bound = text(f"({_NEAREST})").bindparams(
        now=wanted.now,
        words=[term.text.lower() for term in words],
        beginnings=[f"'{term.text.lower()}':*" if term.is_beginning else "" for term in words],
        slips=[" ".join(slips(term.text.lower())) for term in words],
    )
    return bound.columns(nearest=JSONB).scalar_subquery() if words else literal(None, JSONB(none_as_null=True))


def _found(row: Mapping[Any, Any]) -> FoundPost:
    post = post_of(row)
    title = _pieces(_as_written(row["marked_title"], post.title))
    snippet = _pieces(_as_written(row["marked_window"], row["window"]))
    if not any(piece.is_match for piece in snippet) and post.description:
        snippet = [Piece(text=post.description)]
    return FoundPost(post=post, title=title, snippet=snippet)


def _as_written(marked: str, original: str) -> str:
    """*marked* with the letters of *original*: it was marked in folded letters, which are as many."""
    bare = marked.replace(_START, "").replace(_STOP, "")
    at = folded(original).find(bare)
    if bare in original or at < 0:
        return marked
    letters = iter(original[at:])
    return "".join(sign if sign in MARKS else next(letters) for sign in marked)


def _pieces(marked: str) -> list[Piece]:
    parts = enumerate(_MARKED.split(marked))
    return [Piece(text=part, is_match=number % 2 == 1) for number, part in parts if part]
