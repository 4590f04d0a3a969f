from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionRevisionStorage
from core.competency_matrix.storage import QuestionStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreQuestionRevision:
    """An editor, or the author of a question, makes the words of an earlier state the newest; its address and place
    stay, and what it named and is gone is left out. What is public changes at once: that needs the right to publish.
    Refused with QuestionNotFound, QuestionRevisionNotFound, Invalid, QuestionInTrash or StaleVersion."""

    access: Access
    questions: QuestionStorage
    question_revisions: QuestionRevisionStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, number: int, *, expected: int | None = None) -> Question:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        if question.is_public:
            self.access.require(Action.PUBLISH_QUESTION, on=question)
        if expected is not None and expected != question.version:
            raise StaleVersion(current=question.version)
        revision = await self.question_revisions.get(question.id, number)
        text = self.composer.checked(await self.composer.brought_back(revision.text, question), lang=question.lang)
        composed, set_ = await self.composer.compose(text, lang=question.lang, own=question)
        restored = question.edit(composed, set_, at=self.clock.now())
        if restored == question:
            return question
        saved = await self.questions.save(restored)
        await self.question_consequences.follow(question, saved)
        await self.transaction.commit()
        return saved
