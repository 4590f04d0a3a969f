"""What visitors propose, as programs see and send it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.suggestions import NAME_LENGTH, REMARK_LENGTH, Proposed, Suggestion, SuggestionState
from core.competency_matrix.texts import QuestionText
from entrypoints.api.models import MomentShown, Paging, Shown, Wanted
from entrypoints.api.v1.matrix.card_models import CARD_EXAMPLE, CardShown
from entrypoints.api.v1.matrix.question_models import ExpectationWords, PlacedWanted, QuestionWords

SUGGESTION_EXAMPLE: JsonDict = {
    "id": "c0ffee00c0ffee00c0ffee00c0ffee00",
    "question": "What is a partial index good for?",
    "remark": "Rows that are asked for all the time, such as open orders.",
    "name": "Vera",
    "sheet_id": "4d3c2b1a09f8e7d6c5b4a39281706f5e",
    "grade": "middle",
    "state": "new",
    "created_at": "2026-03-01T09:05:00Z",
    "decided_at": None,
    "decided_by": "",
    "question_id": None,
}


class SuggestionWanted(Wanted):
    """A question for the matrix. *remark* says what a good answer would hold; *sheet* is the key of a sheet; *is_sure*
    when you have seen what is alike."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"question": "What is a partial index good for?", "sheet": "databases", "grade": "middle"}]
        }
    )

    question: QuestionWords
    remark: Annotated[str, Field(json_schema_extra={"maxLength": REMARK_LENGTH})] = ""
    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})] = ""
    sheet: str = ""
    grade: str = ""
    is_sure: bool = False

    def proposed(self) -> Proposed:
        return Proposed(question=self.question, remark=self.remark, name=self.name, sheet=self.sheet, grade=self.grade)


class SuggestionShown(Shown):
    """*state* is `new`, `accepted` (it became *question_id*) or `rejected`."""

    model_config = ConfigDict(json_schema_extra={"examples": [SUGGESTION_EXAMPLE]})

    id: str
    question: str
    remark: str
    name: str
    sheet_id: str | None
    grade: str | None
    state: SuggestionState
    created_at: MomentShown
    decided_at: MomentShown | None
    decided_by: str
    question_id: str | None

    @classmethod
    def of(cls, suggestion: Suggestion) -> SuggestionShown:
        return cls(**_members(suggestion))


class SuggestionDetailShown(SuggestionShown):
    """*alike* are questions of the matrix that say nearly the same."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**SUGGESTION_EXAMPLE, "alike": [CARD_EXAMPLE]}]})

    alike: tuple[CardShown, ...]

    @classmethod
    def whole(cls, suggestion: Suggestion, alike: tuple[CardShown, ...]) -> SuggestionDetailShown:
        return cls(**_members(suggestion), alike=alike)


class SuggestionsShown(Shown):
    """Newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [SUGGESTION_EXAMPLE], "next_cursor": None}]})

    items: tuple[SuggestionShown, ...]
    next_cursor: str | None


class SuggestionsQuery(Paging):
    state: Annotated[
        Literal["new", "accepted", "rejected", "any"], Field(description="Which: `new` ones unless said.")
    ] = "new"

    @property
    def wanted_state(self) -> SuggestionState | None:
        return None if self.state == "any" else SuggestionState(self.state)


class AcceptanceWanted(PlacedWanted):
    """The question that it becomes. Without *question*, *expectation* or *grade* those of the suggestion are taken."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"subsection_id": "7c1f0e2d3b4a59687766554433221100", "grade": "middle"}]}
    )

    question: QuestionWords | None = None
    expectation: ExpectationWords | None = None

    def text_for(self, suggestion: Suggestion) -> QuestionText:
        wanted = self if self.grade is not None else self.model_copy(update={"grade": suggestion.grade})
        return wanted.text_of(
            question=suggestion.question if self.question is None else self.question,
            expectation=suggestion.remark if self.expectation is None else self.expectation,
        )


def _members(suggestion: Suggestion) -> dict[str, Any]:
    names = [name for name in SuggestionShown.model_fields if name != "decided_by"]
    return {**{name: getattr(suggestion, name) for name in names}, "decided_by": suggestion.decided_by_name}
