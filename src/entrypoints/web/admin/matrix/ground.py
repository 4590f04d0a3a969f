"""Sheets and grades as the desk's forms offer them and its lists name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.entities import Question
from core.competency_matrix.grades import MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.use_cases.show_matrix import Overview
from core.publication import PublicationStatus
from entrypoints.web.pages.matrix.addresses import question_url
from entrypoints.web.pages.matrix.marks import Marks, grade_marks, place_of
from entrypoints.web.views import Choice, TrashedQuestion
from entrypoints.web.views.matrix_desk import DeskQuestionItem, PlaceGroup

PUBLIC = (PublicationStatus.PUBLISHED, PublicationStatus.SCHEDULED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    sheets: Sequence[Sheet]
    settings: MatrixSettings

    @property
    def marks(self) -> Marks:
        return grade_marks(self.settings)

    def sheet(self, sheet_id: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.id == sheet_id), None)

    def called(self, key: str) -> Sheet | None:
        """The sheet with this key, or that had it before."""
        found = next((sheet for sheet in self.sheets if sheet.key == key), None)
        return found or next((sheet for sheet in self.sheets if key in sheet.former_keys), None)

    def place(self, sheet_id: str, subsection_id: str) -> str:
        """In words: sheet, section and subsection."""
        sheet = self.sheet(sheet_id)
        return f"{sheet.name} · {place_of(sheet, subsection_id)}" if sheet else ""

    def place_groups(self) -> tuple[PlaceGroup, ...]:
        return tuple(
            PlaceGroup(
                label=f"{sheet.name} · {section.name}",
                places=tuple(Choice(value=place.id, label=place.name) for place in section.subsections),
            )
            for sheet in self.sheets
            for section in sheet.sections
            if section.subsections
        )

    def grade_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(value=grade.key, label=grade.name) for grade in self.settings.grades)

    def sheet_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(value=sheet.key, label=sheet.name) for sheet in self.sheets)

    def item(self, card: QuestionCard, access: Access) -> DeskQuestionItem:
        """Lists reach as far as the right to read, and who reads only her own edits only her own."""
        is_public = card.status in PUBLIC
        return DeskQuestionItem(
            id=card.id,
            title=card.question,
            status=card.status.value,
            version=card.version,
            updated_at=card.updated_at,
            grade=self.marks.get(card.grade) if card.grade else None,
            place=self.place(card.sheet_id, card.subsection_id),
            live_url=self._live_url(card),
            is_flagged=card.is_flagged,
            evidence=card.evidence,
            may_edit=access.can(Action.EDIT_QUESTION) and (not is_public or access.can(Action.PUBLISH_QUESTION)),
            may_trash=access.can(Action.TRASH_QUESTION) and (not is_public or access.can(Action.WITHDRAW_QUESTION)),
        )

    def _live_url(self, card: QuestionCard) -> str:
        sheet = self.sheet(card.sheet_id)
        return question_url(sheet, card.slug) if sheet and card.status is PublicationStatus.PUBLISHED else ""

    def url_of(self, question: Question) -> str:
        sheet = self.sheet(question.sheet_id)
        return question_url(sheet, question.slug) if sheet else ""

    def trashed(self, card: QuestionCard, access: Access) -> TrashedQuestion:
        place = self.place(card.sheet_id, card.subsection_id)
        may_restore = access.can(Action.RESTORE_QUESTION) and (
            card.status not in PUBLIC or access.can(Action.PUBLISH_QUESTION)
        )
        return TrashedQuestion(id=card.id, title=card.question, place=place, may_restore=may_restore)


def ground_of(overview: Overview) -> Ground:
    return Ground(sheets=[one.sheet for one in overview.sheets], settings=overview.settings)
