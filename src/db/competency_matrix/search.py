"""Searching questions: each has all its languages, and is shown in one of them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, ColumnElement, FromClause, Select, case, func, literal, select, true
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.cards import FoundQuestion, FoundQuestions
from core.competency_matrix.storage import QuestionFilter
from core.pagination import NumberedPage
from core.searching import Piece
from db.competency_matrix.cards import card_of, cards
from db.competency_matrix.filters import conditions
from db.competency_matrix.rows import QuestionRow
from db.search.finds import Rows, answered, hits, nearest_words, once, page_of, searched
from db.search.marks import bare, marked_shortly, marked_whole, pieces, place_of_find, window
from db.search.wording import Wording, tsquery

_QUESTIONS = QuestionRow.__table__


async def found_questions(
    session: AsyncSession, wanted: QuestionFilter, *, lang: str, number: int, size: int, is_brief: bool
) -> FoundQuestions:
    async def ask(wording: Wording) -> Rows:
        query = _query(wanted, wording, lang=lang, number=number, size=size, is_brief=is_brief)
        rows: Rows = (await session.execute(query)).mappings().all()
        return rows

    rows, corrected = await searched(ask, wanted.text or "")
    items = [_found(row, wanted.now) for row in rows if row["id"] is not None]
    page = NumberedPage(items=items, number=number, size=size, total=rows[0]["total"])
    return FoundQuestions(page=page, corrected=corrected)


def _query(
    wanted: QuestionFilter, wording: Wording, *, lang: str, number: int, size: int, is_brief: bool
) -> Select[Any]:
    query = tsquery(wording)
    found = hits(_QUESTIONS, query, QuestionRow.updated_at.expression, *conditions(wanted, with_text=False))
    page = page_of(_QUESTIONS, found, query, number=number, size=size)
    shown = _named(page, now=wanted.now, lang=lang) if is_brief else _shown(page, wording, now=wanted.now, lang=lang)
    marked = [marked_whole(shown.c.bare, query, lang=shown.c.asked_in).label("marked_question")]
    if not is_brief:
        marked.append(marked_shortly(shown.c.window, query, lang=shown.c.told_in).label("marked_window"))
    return answered(found, shown, nearest_words(_QUESTIONS, wanted.now, wording), marked)


def _named(page: Select[Any], *, now: datetime, lang: str) -> CTE:
    """The cards of one page."""
    chosen = page.subquery("chosen")
    found = (chosen.c.score, chosen.c.place, _asked_in(lang).label("asked_in"))
    card = cards(now, lang, *found).join(chosen, chosen.c.id == QuestionRow.id).subquery("card")
    return once(select(*card.c, bare(card.c.question).label("bare")), "shown")


def _asked_in(lang: str) -> ColumnElement[str]:
    return case((QuestionRow.asked.has_key(lang), literal(lang)), else_=QuestionRow.lang)


def _shown(page: Select[Any], wording: Wording, *, now: datetime, lang: str) -> CTE:
    """The cards of one page, each with the surroundings of the first find, in the language where it was found. In
    steps, so that nothing is worked out twice."""
    chosen = page.subquery("chosen")
    told = _told(wording, lang)
    chosen_texts = select(*chosen.c, told.c.told_in, told.c.said, told.c.found_at)
    spots = once(chosen_texts.join(QuestionRow, QuestionRow.id == chosen.c.id).join(told, true()), "spots")
    around = window(spots.c.said, spots.c.found_at).label("window")
    found = (spots.c.score, spots.c.place, spots.c.told_in, _asked_in(lang).label("asked_in"), around)
    card = cards(now, lang, *found).join(spots, spots.c.id == QuestionRow.id).subquery("card")
    return once(select(*card.c, bare(card.c.question).label("bare")), "shown")


def _told(wording: Wording, lang: str) -> FromClause:
    """What is said beside the question in the language in which it has what is looked for; in *lang* before others."""
    each = func.jsonb_each_text(QuestionRow.plain).table_valued("key", "value", name="each").render_derived()
    plain: ColumnElement[str] = each.c.value
    question: ColumnElement[str] = QuestionRow.asked.op("->", return_type=JSONB())(each.c.key)["question"].astext
    rest = func.ltrim(func.substr(plain, func.length(question) + 1), "\n ")
    said = case((func.starts_with(plain, question), rest), else_=plain)
    place = place_of_find(said, wording)
    texts = select(each.c.key.label("told_in"), said.label("said"), place.label("found_at")).select_from(each)
    best = ((place > 0).desc(), (each.c.key == lang).desc(), (each.c.key == QuestionRow.lang).desc())
    return texts.order_by(*best).limit(1).correlate(QuestionRow).lateral("told")


def _found(row: Mapping[Any, Any], now: datetime) -> FoundQuestion:
    card = card_of(row, now)
    snippet = _snippet(row, card.hint) if "window" in row else []
    return FoundQuestion(card=card, question=pieces(row["marked_question"], card.question), snippet=snippet)


def _snippet(row: Mapping[Any, Any], hint: str) -> list[Piece]:
    found = pieces(row["marked_window"], row["window"])
    return [Piece(text=hint)] if hint and not any(piece.is_match for piece in found) else found
