"""A row of a file becomes a question."""

from __future__ import annotations

from dataclasses import dataclass, replace

from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question, SetText, new_question
from core.competency_matrix.errors import QuestionSlugTaken
from core.competency_matrix.files import QuestionRow
from core.competency_matrix.importing import RowLine, RowOutcome
from core.competency_matrix.planting import ground_of, shelve, text_of
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.row_check import CheckedRow
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.texts import QuestionText
from core.identity import UserId
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RowImport:
    """Whether somebody may do this is for the caller to ask."""

    sheets: SheetStorage
    questions: QuestionStorage
    resources: ResourceStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def bring(self, one: CheckedRow, sheets: list[Sheet], *, lang: str, author_id: UserId | None) -> RowLine:
        """Put the question of a row that is not wrong at the end of its cell, and commit. *sheets* are all of the site,
        and are as they were left afterwards. Raises StaleVersion."""
        lang, code = one.row.lang or lang, one.row.code
        ground = ground_of(code, sheets)
        known = tuple(name for name in code.evidence if name not in one.missing)
        text = replace(text_of(code, ground, await self.sheets.settings()), evidence=known)
        text = self.composer.checked(text, lang=lang)
        try:
            composed, set_ = await self.composer.compose(replace(text, resources=()), lang=lang, ground=ground)
        except QuestionSlugTaken:
            return RowLine(row=one.row, outcome=RowOutcome.PRESENT, slug=text.slug)
        if ground not in sheets:
            kept = await self.sheets.save(ground)
            sheets[:] = [kept if sheet.id == kept.id else sheet for sheet in sheets]
        composed = replace(composed, resources=await shelve(code.resources, self.resources))
        question = await self._add(one.row, composed, set_, author_id)
        added = RowLine(row=one.row, outcome=RowOutcome.ADDED, slug=question.slug, missing=one.missing)
        return replace(added, question_id=question.id)

    async def _add(self, row: QuestionRow, text: QuestionText, set_: SetText, author_id: UserId | None) -> Question:
        now = self.clock.now()
        made = new_question(text, set_, author_id=author_id, at=now)
        if row.is_public:
            made = made.publish(at=row.published_at or now, now=now)
        elif row.published_at and row.published_at <= now:
            made = replace(made, published_at=row.published_at)
        await self.composer.hold((None, made))
        kept = await self.questions.add(made)
        await self.question_consequences.follow(None, kept)
        await self.transaction.commit()
        return kept
