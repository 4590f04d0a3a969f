"""Sheets and questions for the suites of the matrix's storages."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.competency_matrix.cards import FoundQuestions, QuestionCard
from core.competency_matrix.entities import Question, QuestionId, SetWording
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.sheets import Section, SectionId, Sheet, SheetId, Subsection, SubsectionId
from core.competency_matrix.texts import Wording
from tests.contracts.conftest import Storages

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
JUNIOR, SENIOR = GradeKey("junior"), GradeKey("senior")


def a_sheet(key: str = "python", *places: tuple[str, tuple[str, ...]], **changes: Any) -> Sheet:
    """Its ids are the names of its sections and subsections."""
    layout = places or (("core", ("types", "functions")), ("tools", ("tests",)))
    sections = tuple(
        Section(
            id=SectionId(section),
            name=section.title(),
            subsections=tuple(Subsection(id=SubsectionId(name), name=name.title()) for name in subsections),
        )
        for section, subsections in layout
    )
    return replace(Sheet(id=SheetId(f"sheet-{key}"), key=key, name=key.title(), sections=sections), **changes)


PYTHON = a_sheet()


def said(question: str, *, hint: str = "", answer: str = "An answer", expectation: str = "Some words") -> SetWording:
    plain = "\n".join(part for part in (question, hint, answer, expectation) if part)
    return SetWording(
        wording=Wording(question=question, answer=answer, expectation=expectation, hint=hint),
        answer_html=f"<p>{answer}</p>",
        expectation_html=f"<p>{expectation}</p>",
        plain=plain,
    )


def a_question(called: str = "lists", *, minutes: int = 0, **changes: Any) -> Question:
    """A Junior question about types that was published and changed *minutes* ago."""
    at = NOW - timedelta(minutes=minutes)
    question = Question(
        id=QuestionId(f"id-{called}"),
        slug=called,
        sheet_id=PYTHON.id,
        subsection_id=SubsectionId("types"),
        lang="en",
        wordings={"en": said(f"What about {called}?")},
        created_at=at,
        updated_at=at,
        grade=JUNIOR,
        is_public=True,
        published_at=at,
    )
    return replace(question, **changes)


async def add(storages: Storages, *questions: Question) -> list[Question]:
    """As they are kept, in their places."""
    if PYTHON.key not in {sheet.key for sheet in await storages.sheets.list_sheets()}:
        await storages.sheets.add(PYTHON)
    kept = [await storages.questions.add(question) for question in questions]
    await storages.transaction.commit()
    return kept


def slugs(items: Iterable[Question | QuestionCard]) -> list[str]:
    return [item.slug for item in items]


def found(questions: FoundQuestions) -> list[str]:
    return slugs(one.card for one in questions.page.items)
