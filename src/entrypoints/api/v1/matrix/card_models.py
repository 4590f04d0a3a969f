"""Questions in short, and lists of them, as programs see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.cards import FoundQuestion, QuestionCard
from core.competency_matrix.choice import Choice
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import Frequency
from core.publication import PublicationStatus
from core.searching import Piece
from entrypoints.api.models import MomentShown, Paging, Shown

CARD_EXAMPLE: JsonDict = {
    "id": "9b8a7c6d5e4f30211203f4e5d6c7b8a9",
    "slug": "index-on-lower-email",
    "sheet_id": "4d3c2b1a09f8e7d6c5b4a39281706f5e",
    "subsection_id": "7c1f0e2d3b4a59687766554433221100",
    "question": "Why does an index not help a query with lower(email)?",
    "hint": "What exactly is stored in the index?",
    "grade": "middle",
    "frequency": "often",
    "evidence": 1,
    "status": "published",
    "is_flagged": False,
    "version": 2,
    "updated_at": "2026-03-01T09:05:00Z",
}
FOUND_EXAMPLE: JsonDict = {
    **CARD_EXAMPLE,
    "url": "https://anna.example/matrix/databases/index-on-lower-email",
    "question_pieces": [
        {"text": "Why does an ", "is_match": False},
        {"text": "index", "is_match": True},
        {"text": " not help a query with lower(email)?", "is_match": False},
    ],
    "snippet": [{"text": "Because the ", "is_match": False}, {"text": "index", "is_match": True}],
}


class ChoiceQuery(Paging):
    """What all lists of questions can be narrowed by."""

    section: Annotated[str | None, Field(description="Only those in this section or subsection, by its id.")] = None
    grade: Annotated[str, Field(description="Only those of this grade, by its key; of several, with commas.")] = ""
    frequency: Annotated[
        Literal["constantly", "often", "rarely", "never"] | None, Field(description="Only those asked so often.")
    ] = None
    has_evidence: Annotated[bool, Field(description="Only those that a published post gives evidence of.")] = False

    def choice(self, text: str = "") -> Choice:
        return Choice(
            section=self.section,
            grades=frozenset(GradeKey(key) for key in self.grade.split(",") if key),
            frequencies=frozenset({Frequency(self.frequency)} if self.frequency else ()),
            has_evidence=self.has_evidence,
            text=text,
        )


class QuestionsQuery(ChoiceQuery):
    sheet: Annotated[str | None, Field(description="Only those of this sheet, by its id or its key.")] = None
    slug: Annotated[str | None, Field(description="Only the one at this address.")] = None
    q: Annotated[str, Field(description="Words to look for in question, hint, answer and expectation.")] = ""
    status: Annotated[
        Literal["published", "draft", "scheduled", "withdrawn", "any"],
        Field(description="`published`, or with the right to see them `draft`, `scheduled`, `withdrawn`, `any`."),
    ] = "published"
    lack: Annotated[
        Literal["no_question", "no_grade", "no_answer", "no_expectation"] | None,
        Field(description="Only those that lack this; means something with another `status`."),
    ] = None
    is_flagged: Annotated[bool, Field(description="Only those that left public view by themselves.")] = False

    @property
    def wanted_status(self) -> PublicationStatus | None:
        return None if self.status == "any" else PublicationStatus(self.status)


class SearchQuery(ChoiceQuery):
    q: Annotated[str, Field(description="What to look for; a mistyped word is taken for the nearest.")]
    sheet: Annotated[str | None, Field(description="Only in this sheet, by its key.")] = None
    lang: Annotated[str | None, Field(description="The language to show questions in where they have it.")] = None


class CardShown(Shown):
    """A question in short; *evidence* is how many published posts show the skill."""

    model_config = ConfigDict(json_schema_extra={"examples": [CARD_EXAMPLE]})

    id: str
    slug: str
    sheet_id: str
    subsection_id: str
    question: str
    hint: str
    grade: str | None
    frequency: Frequency | None
    evidence: int
    status: PublicationStatus
    is_flagged: bool
    version: int
    updated_at: MomentShown

    @classmethod
    def of(cls, card: QuestionCard) -> CardShown:
        return cls(**{name: getattr(card, name) for name in CardShown.model_fields})


def cards_shown(cards: Sequence[QuestionCard]) -> tuple[CardShown, ...]:
    return tuple(CardShown.of(card) for card in cards)


class DoublesQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    question: Annotated[str, Field(description="The question as it stands.")]
    own: Annotated[str | None, Field(description="The id of the question that it will be the text of.")] = None


class DoublesShown(Shown):
    """*is_exact*: the first one says the same but for case and space."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"is_exact": False, "items": [CARD_EXAMPLE]}]})

    is_exact: bool
    items: tuple[CardShown, ...]


class PieceShown(Shown):
    text: str
    is_match: bool


class FindShown(CardShown):
    """*question_pieces* and *snippet* joined are text; *is_match* marks what was found."""

    model_config = ConfigDict(json_schema_extra={"examples": [FOUND_EXAMPLE]})

    url: str
    question_pieces: tuple[PieceShown, ...]
    snippet: tuple[PieceShown, ...]

    @classmethod
    def found(cls, found: FoundQuestion, *, base: str) -> FindShown:
        """*base* is the address of its sheet."""
        return cls(
            **CardShown.of(found.card).model_dump(exclude={"updated_at"}),
            updated_at=found.card.updated_at,
            url=f"{base}/{found.card.slug}",
            question_pieces=_pieces(found.question),
            snippet=_pieces(found.snippet),
        )


class FindsShown(Shown):
    """Best find first; *corrected* is what was searched in the place of a mistyped text, *total* how many there are."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [FOUND_EXAMPLE], "total": 1, "corrected": None, "next_cursor": None}]}
    )

    items: tuple[FindShown, ...]
    total: int
    corrected: str | None
    next_cursor: str | None


def _pieces(pieces: Sequence[Piece]) -> tuple[PieceShown, ...]:
    return tuple(PieceShown(text=piece.text, is_match=piece.is_match) for piece in pieces)
