"""What an owner does with questions, as programs see and send it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from core.competency_matrix.bulk import NewState
from core.competency_matrix.history import QuestionRevision
from core.competency_matrix.limits import BULK_MAX
from core.competency_matrix.use_cases.count_work import Work
from entrypoints.api.models import MomentShown, Shown, Wanted
from entrypoints.api.v1.blog.history_models import SaverShown
from entrypoints.api.v1.matrix.question_models import QuestionTextShown

ChosenQuestions = Annotated[tuple[str, ...], Field(json_schema_extra={"minItems": 1, "maxItems": BULK_MAX})]


class ChangesWanted(Wanted):
    """*grade*, *subsection_id* or both for several questions, by their ids."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"questions": ["9b8a7c6d5e4f30211203f4e5d6c7b8a9"], "grade": "senior"}]}
    )

    questions: ChosenQuestions
    grade: str | None = None
    subsection_id: str | None = None


class QuestionStatesWanted(Wanted):
    """What becomes of several questions, by their ids."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"questions": ["9b8a7c6d5e4f30211203f4e5d6c7b8a9"], "state": "published"}]}
    )

    questions: ChosenQuestions
    state: NewState


class ChangedShown(Shown):
    """How many questions changed."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"changed": 12}]})

    changed: int


class WorkQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    sheet: Annotated[str | None, Field(description="Only in this sheet, by its id.")] = None


class WorkShown(Shown):
    """Questions by status and by what they lack; *suggestions* wait for a decision, null for who may not make it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "statuses": {"published": 40, "draft": 3},
                    "lacks": {"no_answer": 2},
                    "flagged": 0,
                    "trashed": 1,
                    "suggestions": 2,
                }
            ]
        }
    )

    statuses: dict[str, int]
    lacks: dict[str, int]
    flagged: int
    trashed: int
    suggestions: int | None

    @classmethod
    def of(cls, work: Work) -> WorkShown:
        counts = work.counts
        return cls(
            statuses={status.value: count for status, count in counts.statuses.items()},
            lacks=dict(counts.lacks),
            flagged=counts.flagged,
            trashed=counts.trashed,
            suggestions=work.suggestions,
        )


class QuestionRevisionListed(Shown):
    """*number* is the version that the question had then."""

    number: int
    saved_at: MomentShown
    saved_by: SaverShown
    question: str

    @classmethod
    def of(cls, revision: QuestionRevision) -> QuestionRevisionListed:
        return cls(
            number=revision.number,
            saved_at=revision.saved_at,
            saved_by=SaverShown(id=revision.saved_by, name=revision.saved_by_name),
            question=revision.text.question,
        )


class QuestionRevisionsShown(Shown):
    items: tuple[QuestionRevisionListed, ...]
    next_cursor: str | None


class QuestionRevisionShown(Shown):
    """A question as it was."""

    number: int
    saved_at: MomentShown
    saved_by: SaverShown
    text: QuestionTextShown

    @classmethod
    def of(cls, revision: QuestionRevision) -> QuestionRevisionShown:
        return cls(
            number=revision.number,
            saved_at=revision.saved_at,
            saved_by=SaverShown(id=revision.saved_by, name=revision.saved_by_name),
            text=QuestionTextShown.of(revision.text),
        )
