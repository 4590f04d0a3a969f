"""Which questions belong where, as QuestionStorage says."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from core.access import Scope
from core.blog.entities import Post
from core.competency_matrix.cards import CellCount, EvidenceLink, QuestionCard, WorkCounts
from core.competency_matrix.entities import Question
from core.competency_matrix.grades import GradeKey, MatrixSettings
from core.competency_matrix.readiness import LACK_CODES
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionFilter
from core.publication import PublicationStatus
from tests.core.fakes.matrix_search import has_words

Cell = tuple[str, GradeKey | None]


def cell_of(question: Question) -> Cell:
    return question.subsection_id, question.grade


def cell_order(question: Question) -> tuple[Any, ...]:
    return question.subsection_id, question.grade or "", question.position, question.created_at, question.id


def place(question: Question) -> tuple[datetime, str]:
    return question.published_at or question.updated_at, question.id


def newness(question: Question) -> tuple[datetime, str]:
    return max(question.published_at or question.updated_at, question.updated_at), question.id


def changed(question: Question) -> tuple[datetime, str]:
    return question.updated_at, question.id


def card_of(question: Question, lang: str | None, *, posts: Mapping[Any, Post], now: datetime) -> QuestionCard:
    shown = question.shown_in(lang).wording
    return QuestionCard(
        id=question.id,
        slug=question.slug,
        sheet_id=question.sheet_id,
        subsection_id=question.subsection_id,
        question=shown.question,
        hint=shown.hint,
        grade=question.grade,
        frequency=question.frequency,
        position=question.position,
        evidence=shown_evidence(question, posts, now),
        status=question.status(now),
        is_flagged=question.is_flagged,
        version=question.version,
        updated_at=question.updated_at,
    )


def shown_evidence(question: Question, posts: Mapping[Any, Post], now: datetime) -> int:
    return sum(post_id in posts and posts[post_id].is_readable(now) for post_id in question.evidence)


def evidence_link(post: Post, now: datetime) -> EvidenceLink:
    return EvidenceLink(
        post_id=post.id, slug=post.slug, title=post.title, is_public=post.is_readable(now), owner_id=post.owner_id
    )


def is_whose(question: Question, wanted: QuestionFilter) -> bool:
    is_own = wanted.viewer is not None and question.author_id == wanted.viewer
    return wanted.scope is Scope.ALL or (wanted.scope is Scope.OWN and is_own)


def is_wanted(question: Question, wanted: QuestionFilter, sheets: Iterable[Sheet], posts: Mapping[Any, Post]) -> bool:
    return is_whose(question, wanted) and all(_conditions(question, wanted, sheets, posts))


def sheet_order(question: Question, sheet: Sheet, settings: MatrixSettings) -> tuple[Any, ...]:
    """By subsection and grade as they are ordered, then as in the cell."""
    subsections = [subsection.id for subsection in sheet.subsections]
    grades = [grade.key for grade in settings.grades]
    grade = grades.index(question.grade) if question.grade in grades else len(grades)
    where = subsections.index(question.subsection_id)
    return where, grade, question.position, question.created_at, question.id


def count_cells(readable: Iterable[Question], posts: Mapping[Any, Post], now: datetime) -> Sequence[CellCount]:
    cells: dict[tuple[str, Cell], list[Question]] = {}
    for question in readable:
        cells.setdefault((question.sheet_id, cell_of(question)), []).append(question)
    return [
        CellCount(
            sheet_id=held[0].sheet_id,
            subsection_id=held[0].subsection_id,
            grade=held[0].grade,
            questions=len(held),
            with_evidence=sum(shown_evidence(question, posts, now) > 0 for question in held),
        )
        for held in cells.values()
    ]


def count_work(questions: Collection[Question], now: datetime) -> WorkCounts:
    there = [question for question in questions if question.trashed_at is None]
    statuses = [question.status(now) for question in there]
    codes = [lack.code for question in there for lack in question.lacks()]
    return WorkCounts(
        statuses={status: statuses.count(status) for status in PublicationStatus},
        lacks={code: codes.count(code) for code in LACK_CODES},
        flagged=sum(question.is_flagged for question in there),
        trashed=len(questions) - len(there),
    )


def alikeness(one: str, other: str) -> float:
    """As pg_trgm has it."""
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) / len(first | second) if first | second else 0.0


def _trigrams(text: str) -> set[str]:
    padded = [f"  {word} " for word in re.findall(r"[^\W_]+", text.lower())]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


def _conditions(
    question: Question, wanted: QuestionFilter, sheets: Iterable[Sheet], posts: Mapping[Any, Post]
) -> Iterable[bool]:
    yield (question.trashed_at is not None) == wanted.is_trashed
    yield wanted.status in (None, question.status(wanted.now))
    yield wanted.sheet_id in (None, question.sheet_id)
    yield wanted.section is None or question.subsection_id in _within(wanted.section, sheets)
    yield not wanted.grades or question.grade in wanted.grades
    yield not wanted.frequencies or question.frequency in wanted.frequencies
    yield not wanted.has_evidence or shown_evidence(question, posts, wanted.now) > 0
    yield wanted.lack is None or wanted.lack in [lack.code for lack in question.lacks()]
    yield question.is_flagged or not wanted.is_flagged
    yield wanted.resource is None or wanted.resource in [one.resource_id for one in question.resources]
    yield wanted.slug in (None, question.slug)
    text = (wanted.text or "").replace("\x00", "").strip()
    yield not text or has_words(question, text)


def _within(section: str, sheets: Iterable[Sheet]) -> set[str]:
    """The subsections of the section that is called so, or the subsection itself."""
    sections = [one for sheet in sheets for one in sheet.sections if one.id == section]
    return {section, *(subsection.id for one in sections for subsection in one.subsections)}
