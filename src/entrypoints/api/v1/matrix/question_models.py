"""A question of the matrix as programs see and send it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.entities import Question, SetWording
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import (
    ANSWER_LENGTH,
    EVIDENCE_MAX,
    EXPECTATION_LENGTH,
    HINT_LENGTH,
    QUESTION_LENGTH,
    RESOURCES_MAX,
    WHY_LENGTH,
    Attachment,
    Frequency,
    QuestionText,
    Wording,
)
from core.publication import PublicationStatus
from core.slugs import SLUG_LENGTH
from entrypoints.api.etags import version_tag
from entrypoints.api.models import MomentShown, MomentWanted, Shown, Wanted

TEXT_EXAMPLE: JsonDict = {
    "subsection_id": "7c1f0e2d3b4a59687766554433221100",
    "question": "Why does an index not help a query with lower(email)?",
    "answer": "Because the index holds `email`, not `lower(email)`: an **expression index** does.",
    "expectation": "That an index serves the expression it was built on, and how to see it in a plan.",
    "hint": "What exactly is stored in the index?",
    "slug": "index-on-lower-email",
    "grade": "middle",
    "frequency": "often",
    "resources": [{"resource_id": "1a2b3c4d5e6f708192a3b4c5d6e7f809", "why": "The chapter on expressions."}],
    "evidence": ["5f0c6e0f7b9d4f6f9a3c1b2d4e5f6a7b"],
    "translations": {},
}
SHOWN_EXAMPLE: JsonDict = {
    **TEXT_EXAMPLE,
    "id": "9b8a7c6d5e4f30211203f4e5d6c7b8a9",
    "sheet_id": "4d3c2b1a09f8e7d6c5b4a39281706f5e",
    "lang": "en",
    "answer_html": "<p>Because the index holds <code>email</code> …</p>\n",
    "expectation_html": "<p>That an index serves the expression it was built on …</p>\n",
    "status": "published",
    "is_flagged": False,
    "lacks": [],
    "created_at": "2026-03-01T09:00:00Z",
    "updated_at": "2026-03-01T09:05:00Z",
    "published_at": "2026-03-01T09:05:00Z",
    "trashed_at": None,
    "version": 2,
    "url": "https://anna.example/matrix/databases/index-on-lower-email",
}

Markdown = {"contentMediaType": "text/markdown"}
QuestionWords = Annotated[str, Field(json_schema_extra={"maxLength": QUESTION_LENGTH})]
AnswerWords = Annotated[str, Field(json_schema_extra={"maxLength": ANSWER_LENGTH, **Markdown})]
ExpectationWords = Annotated[str, Field(json_schema_extra={"maxLength": EXPECTATION_LENGTH, **Markdown})]
HintWords = Annotated[str, Field(json_schema_extra={"maxLength": HINT_LENGTH})]


class AttachmentModel(Wanted):
    """A resource of the library, and *why* it is worth reading here."""

    resource_id: str
    why: Annotated[str, Field(json_schema_extra={"maxLength": WHY_LENGTH})] = ""


class WordingModel(Wanted):
    """The question in another language."""

    question: QuestionWords
    answer: AnswerWords = ""
    expectation: ExpectationWords = ""
    hint: HintWords = ""


class PlacedWanted(Wanted):
    """What a question has beside its words in the site's own language."""

    subsection_id: str
    answer: AnswerWords = ""
    hint: HintWords = ""
    slug: Annotated[str, Field(json_schema_extra={"maxLength": SLUG_LENGTH})] = ""
    grade: str | None = None
    frequency: Frequency | None = None
    resources: Annotated[tuple[AttachmentModel, ...], Field(json_schema_extra={"maxItems": RESOURCES_MAX})] = ()
    evidence: Annotated[tuple[str, ...], Field(json_schema_extra={"maxItems": EVIDENCE_MAX})] = ()
    translations: Annotated[dict[str, WordingModel], Field(default_factory=dict)]

    def text_of(self, *, question: str, expectation: str) -> QuestionText:
        return QuestionText(
            subsection_id=self.subsection_id,
            question=question,
            answer=self.answer,
            expectation=expectation,
            hint=self.hint,
            slug=self.slug,
            grade=GradeKey(self.grade) if self.grade is not None else None,
            frequency=self.frequency,
            resources=tuple(Attachment(resource_id=one.resource_id, why=one.why) for one in self.resources),
            evidence=self.evidence,
            translations={lang: Wording(**said.model_dump()) for lang, said in self.translations.items()},
        )


class QuestionWanted(PlacedWanted):
    """A question in the site's own language, in others under *translations*. Without *slug* it gets one from the
    question and keeps it; *evidence* are ids or slugs of posts that show the skill. A draft may lack all but place and
    question; to be published it needs grade, answer and *expectation* too, which is what an interviewer expects to
    hear. *is_sure* says that it is another one than those of the same words, which were looked at."""

    model_config = ConfigDict(json_schema_extra={"examples": [TEXT_EXAMPLE]})

    question: QuestionWords
    expectation: ExpectationWords = ""
    is_sure: bool = False

    @classmethod
    def of(cls, text: QuestionText) -> QuestionWanted:
        """What would leave a question of this *text* as it is: a merge patch is applied to this."""
        return cls(**_typed(text))

    @property
    def text(self) -> QuestionText:
        return self.text_of(question=self.question, expectation=self.expectation)


class QuestionTextShown(Shown):
    """All that a writer typed; a PUT of it gives the text again."""

    subsection_id: str
    question: str
    answer: str
    expectation: str
    hint: str
    slug: str
    grade: str | None
    frequency: Frequency | None
    resources: tuple[AttachmentModel, ...]
    evidence: tuple[str, ...]
    translations: dict[str, WordingModel]

    @classmethod
    def of(cls, text: QuestionText) -> QuestionTextShown:
        return cls(**_typed(text))


class WordingShown(Shown):
    question: str
    hint: str
    answer: str
    answer_html: str
    expectation: str
    expectation_html: str

    @classmethod
    def of(cls, kept: SetWording) -> WordingShown:
        said = kept.wording
        return cls(
            question=said.question,
            hint=said.hint,
            answer=said.answer,
            answer_html=kept.answer_html,
            expectation=said.expectation,
            expectation_html=kept.expectation_html,
        )


class QuestionShown(WordingShown):
    """*…_html* was rendered and is safe to put into a page. *lacks* tells what it needs before it can be published
    (`no_grade`, `no_answer`, `no_expectation`); *is_flagged*: it was public and left public view since it lacks
    something. *evidence* are ids of posts; nobody else sees a question with *trashed_at*."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHOWN_EXAMPLE]})

    id: str
    slug: str
    sheet_id: str
    subsection_id: str
    lang: str
    grade: str | None
    frequency: Frequency | None
    resources: tuple[AttachmentModel, ...]
    evidence: tuple[str, ...]
    translations: dict[str, WordingShown]
    status: PublicationStatus
    is_flagged: bool
    lacks: tuple[str, ...]
    created_at: MomentShown
    updated_at: MomentShown
    published_at: MomentShown | None
    trashed_at: MomentShown | None
    version: int
    url: str

    @classmethod
    def told(cls, question: Question, *, now: datetime, base: str) -> QuestionShown:
        """*base* is the address of its sheet."""
        own = WordingShown.of(question.own).model_dump()
        others = {lang: WordingShown.of(kept) for lang, kept in question.wordings.items() if lang != question.lang}
        told: dict[str, Any] = {
            **own,
            "resources": attachments(question.resources),
            "translations": others,
            "status": question.status(now),
            "lacks": tuple(lack.code for lack in question.lacks()),
            "url": f"{base}/{question.slug}",
        }
        return cls(**{name: getattr(question, name) for name in cls.model_fields if name not in told}, **told)

    @property
    def tag(self) -> str:
        """Its ETag. The clock alone makes a scheduled question a published one, so that state is part of it."""
        return version_tag(self.version, "scheduled" if self.status is PublicationStatus.SCHEDULED else "")


class QuestionsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SHOWN_EXAMPLE], "next_cursor": None}]})

    items: tuple[QuestionShown, ...]
    next_cursor: str | None


class QuestionPublicationWanted(Wanted):
    """When visitors see the question; at once without *published_at*."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"published_at": "2027-01-01T08:00:00Z"}]})

    published_at: MomentWanted | None = None


def attachments(kept: tuple[Attachment, ...]) -> tuple[AttachmentModel, ...]:
    return tuple(AttachmentModel(resource_id=one.resource_id, why=one.why) for one in kept)


def _typed(text: QuestionText) -> Mapping[str, Any]:
    names = ("subsection_id", "question", "answer", "expectation", "hint", "slug", "grade", "frequency", "evidence")
    said = {
        lang: WordingModel(question=one.question, answer=one.answer, expectation=one.expectation, hint=one.hint)
        for lang, one in text.translations.items()
    }
    return {
        **{name: getattr(text, name) for name in names},
        "resources": attachments(text.resources),
        "translations": said,
    }
