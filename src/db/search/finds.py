"""From what matches to the finds of one page, in one statement; in two when something was mistyped."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    ColumnExpressionArgument,
    FromClause,
    Select,
    case,
    func,
    literal,
    literal_column,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import JSONB

from db.search.slips import slips
from db.search.wording import Query, Wording, cleaned, plain_words, understood

RANKED = 100
"""So many are weighed: those with the words in their heading first, then the newest; the others follow by date. A word
that stands in all of ten thousand texts would take a second otherwise."""
_FURTHEST = 2**31

Rows = Sequence[Mapping[Any, Any]]

# A word is known when somebody who reads finds one of the texts by it. Only asked when nothing was found.
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
        WHERE EXISTS (SELECT FROM {table} WHERE {readable} AND search @@
            (plainto_tsquery('english', near.word) || plainto_tsquery('russian', near.word)))
        ORDER BY is_slip DESC, likeness DESC, word LIMIT 1
    ) AS near
    WHERE numnode(plainto_tsquery('english', asked.word)) > 0 AND numnode(plainto_tsquery('russian', asked.word)) > 0
    AND NOT EXISTS (SELECT FROM {table} WHERE {readable} AND search @@
        (plainto_tsquery('english', asked.word) || plainto_tsquery('russian', asked.word)
        || to_tsquery('english', asked.beginning) || to_tsquery('russian', asked.beginning)))
"""
_READABLE = "is_public AND trashed_at IS NULL AND published_at <= :now"


async def searched(ask: Callable[[Wording], Awaitable[Rows]], typed: str) -> tuple[Rows, str | None]:
    """What *ask* (see `answered`) finds for what was typed, or else for the nearest words; and these if they helped."""
    typed = cleaned(typed)
    rows = await ask(understood(typed))
    nearest: Mapping[str, str] = rows[0]["nearest"] or {}
    if not nearest:
        return rows, None
    corrected = re.sub(r"\w+", lambda word: nearest.get(word[0].lower(), word[0]), typed)
    rows = await ask(understood(corrected))
    return rows, corrected if rows[0]["total"] else None


def once(query: Select[*tuple[Any, ...]], name: str) -> CTE:
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")


def hits(table: FromClause, query: Query, moment: ColumnElement[Any], *chosen: ColumnExpressionArgument[bool]) -> CTE:
    """All that match, without anything that would have to be fetched from elsewhere."""
    is_headed = table.c.heading.bool_op("@@")(query).label("is_headed")
    found = select(table.c.id, moment.label("moment"), is_headed)
    return once(found.where(*chosen, table.c.search.bool_op("@@")(query)), "hits")


def page_of(table: FromClause, found: CTE, query: Query, *, number: int, size: int) -> Select[Any]:
    """The best of *found* (see `hits`): their ids, each with its score and place."""
    order = (found.c.is_headed.desc(), found.c.moment.desc(), found.c.id.desc())
    # The planner cannot know how many there are: worked out once, nothing of it is worked out for each of them.
    placed = once(select(found.c.id, func.row_number().over(order_by=order).label("place")), "placed")
    # What stands in the heading weighs more than any number of times in the text, which counts for less than 1.
    headed = func.ts_rank(literal_column("'{0, 0, 0.4, 1}'"), table.c.heading, query)
    within = func.ts_rank_cd(literal_column("'{0.1, 0.2, 0.4, 1}'"), table.c.search, query, 1 | 32)
    score = (4 * headed + within).label("score")
    # By a limit the planner knows how few they are, and fetches these instead of reading all texts.
    first = select(*placed.c).order_by(placed.c.place).limit(RANKED).subquery("first")
    weighed = select(*first.c, score).join(table, table.c.id == first.c.id)
    others = select(*placed.c, literal(-1.0).label("score")).where(placed.c.place > RANKED)
    every = union_all(weighed, others).subquery("every")
    page = select(*every.c).order_by(every.c.score.desc(), every.c.place)
    return page.limit(size).offset(min((number - 1) * size, _FURTHEST))


def answered(
    found: CTE, shown: CTE, nearest: ColumnElement[Any], marked: Sequence[ColumnElement[Any]]
) -> Select[*tuple[Any, ...]]:
    """*shown* with the count of all *found*: always at least one row."""
    whole = select(func.count().label("total")).select_from(found).subquery("whole")
    mistyped = case((whole.c.total == 0, nearest), else_=None).label("nearest")
    chosen = select(whole.c.total, mistyped, *shown.c, *marked)
    return chosen.select_from(whole.outerjoin(shown, true())).order_by(shown.c.score.desc(), shown.c.place)


def nearest_words(table: FromClause, now: Any, wording: Wording) -> ColumnElement[Any]:
    """By each word that finds nothing in *table* the one that it may stand for."""
    words = plain_words(wording)
    if not words:
        return literal(None, JSONB(none_as_null=True))
    bound = text(f"({_NEAREST.format(table=table, readable=_READABLE)})").bindparams(
        now=now,
        words=[term.text.lower() for term in words],
        beginnings=[f"'{term.text.lower()}':*" if term.is_beginning else "" for term in words],
        slips=[" ".join(slips(term.text.lower())) for term in words],
    )
    return bound.columns(nearest=JSONB).scalar_subquery()
