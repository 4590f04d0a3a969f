"""Questions as lists show them: nothing is fetched of their answers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, func, literal, select
from sqlalchemy.dialects.postgresql import JSONB

from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.texts import Frequency
from core.publication import publication_status
from db.competency_matrix.filters import proofs
from db.competency_matrix.rows import QuestionRow

_KEPT = ("id", "slug", "sheet_id", "subsection_id", "grade", "position", "is_flagged", "version", "updated_at")
_STATE = ("frequency", "is_public", "published_at")


def cards(now: datetime, lang: str | None, *more: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """All that `card_of` wants to know, in *lang* where a question has it."""
    plain = [getattr(QuestionRow, name) for name in (*_KEPT, *_STATE)]
    shown = shown_in(lang)
    said = [shown.op("->>", return_type=Text())(name).label(name) for name in ("question", "hint")]
    return select(*plain, *said, proofs(now).label("evidence"), *more).select_from(QuestionRow)


def shown_in(lang: str | None) -> ColumnElement[Any]:
    """What lists show of a question in *lang*, or else in the site's own language."""
    own = _of_lang(QuestionRow.lang.expression)
    return own if lang is None else func.coalesce(_of_lang(literal(lang)), own)


def card_of(row: Mapping[Any, Any], now: datetime) -> QuestionCard:
    return QuestionCard(
        **{name: row[name] for name in _KEPT},
        question=row["question"],
        hint=row["hint"],
        frequency=Frequency(row["frequency"]) if row["frequency"] else None,
        evidence=row["evidence"],
        status=publication_status(is_public=row["is_public"], published_at=row["published_at"], now=now),
    )


def _of_lang(lang: ColumnElement[Any]) -> ColumnElement[Any]:
    return QuestionRow.asked.op("->", return_type=JSONB())(lang)
