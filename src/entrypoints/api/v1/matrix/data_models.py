"""A whole sheet with all that visitors can read of it, as open data."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict
from pydantic.config import JsonDict

from core.competency_matrix.entities import Question
from core.competency_matrix.texts import Frequency
from core.competency_matrix.use_cases.show_sheet_data import SheetData
from entrypoints.api.models import MomentShown, Shown
from entrypoints.api.v1.matrix.question_models import WordingShown
from entrypoints.api.v1.matrix.sheet_models import (
    GRADE_EXAMPLE,
    SHEET_EXAMPLE,
    GradeModel,
    SheetShown,
    described,
    grades_shown,
)

QUESTION_EXAMPLE: JsonDict = {
    "id": "9b8a7c6d5e4f30211203f4e5d6c7b8a9",
    "slug": "index-on-lower-email",
    "subsection_id": "7c1f0e2d3b4a59687766554433221100",
    "lang": "en",
    "question": "Why does an index not help a query with lower(email)?",
    "hint": "What exactly is stored in the index?",
    "answer": "Because the index holds `email`.",
    "answer_html": "<p>Because the index holds <code>email</code>.</p>\n",
    "expectation": "That an index serves the expression it was built on.",
    "expectation_html": "<p>That an index serves the expression it was built on.</p>\n",
    "grade": "middle",
    "frequency": "often",
    "resources": [
        {"name": "Use The Index, Luke", "url": "https://use-the-index-luke.com/", "why": "The chapter on functions."}
    ],
    "evidence": [
        {
            "title": "What a plan tells",
            "slug": "what-a-plan-tells",
            "url": "https://anna.example/blog/what-a-plan-tells",
        }
    ],
    "translations": {},
    "published_at": "2026-03-01T09:05:00Z",
    "updated_at": "2026-03-01T09:05:00Z",
    "url": "https://anna.example/matrix/databases/index-on-lower-email",
}


class ReadingShown(Shown):
    """A resource, and *why* it is worth reading here."""

    name: str
    url: str
    why: str


class EvidenceShown(Shown):
    """A published post that shows the skill."""

    title: str
    slug: str
    url: str


class OpenQuestionShown(WordingShown):
    """A published question with what it names."""

    id: str
    slug: str
    subsection_id: str
    lang: str
    grade: str | None
    frequency: Frequency | None
    resources: tuple[ReadingShown, ...]
    evidence: tuple[EvidenceShown, ...]
    translations: dict[str, WordingShown]
    published_at: MomentShown | None
    updated_at: MomentShown
    url: str

    @classmethod
    def told(cls, question: Question, data: SheetData, *, site_url: str) -> OpenQuestionShown:
        others = {lang: WordingShown.of(kept) for lang, kept in question.wordings.items() if lang != question.lang}
        return cls(
            **WordingShown.of(question.own).model_dump(),
            id=question.id,
            slug=question.slug,
            subsection_id=question.subsection_id,
            lang=question.lang,
            grade=question.grade,
            frequency=question.frequency,
            resources=_reading(question, data),
            evidence=_evidence(question, data, site_url),
            translations=others,
            published_at=question.published_at,
            updated_at=question.updated_at,
            url=f"{site_url}/matrix/{data.sheet.key}/{question.slug}",
        )


class SheetDataShown(SheetShown):
    """*grades* in their order; *questions* in the order of the sheet's list; *changed_at* is the last change of any
    question."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    **SHEET_EXAMPLE,
                    "grades": [GRADE_EXAMPLE],
                    "changed_at": "2026-03-01T09:05:00Z",
                    "questions": [QUESTION_EXAMPLE],
                }
            ]
        }
    )

    grades: tuple[GradeModel, ...]
    changed_at: MomentShown | None
    questions: tuple[OpenQuestionShown, ...]

    @classmethod
    def whole(cls, data: SheetData, *, site_url: str) -> SheetDataShown:
        changed: datetime | None = max((one.updated_at for one in data.questions), default=None)
        return cls(
            **described(data.sheet, site_url),
            grades=grades_shown(data.settings.grades),
            changed_at=changed,
            questions=tuple(OpenQuestionShown.told(one, data, site_url=site_url) for one in data.questions),
        )


def _reading(question: Question, data: SheetData) -> tuple[ReadingShown, ...]:
    found = ((data.resources.get(one.resource_id), one.why) for one in question.resources)
    return tuple(ReadingShown(name=one.name, url=one.url, why=why) for one, why in found if one is not None)


def _evidence(question: Question, data: SheetData, site_url: str) -> tuple[EvidenceShown, ...]:
    found = (data.evidence.get(post_id) for post_id in question.evidence)
    return tuple(
        EvidenceShown(title=one.title, slug=one.slug, url=f"{site_url}/blog/{one.slug}")
        for one in found
        if one is not None
    )
