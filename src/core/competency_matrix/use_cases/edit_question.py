from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question
from core.competency_matrix.history import QuestionCopyStorage
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.texts import QuestionText
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditQuestion:
    """An editor, or the author of a question, changes it. What is public changes at once: that needs the right to
    publish; what then lacks something leaves public view and is flagged. What she kept aside of it is forgotten.

    Refused with QuestionNotFound, Invalid, QuestionSlugTaken, QuestionInTrash, or StaleVersion when *expected* is no
    longer the version.
    """

    access: Access
    questions: QuestionStorage
    question_copies: QuestionCopyStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, text: QuestionText, *, expected: int | None) -> Question:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        if question.is_public:
            self.access.require(Action.PUBLISH_QUESTION, on=question)
        if expected is not None and expected != question.version:
            raise StaleVersion(current=question.version)
        text = self.composer.checked(text, lang=question.lang)
        composed, set_ = await self.composer.compose(text, lang=question.lang, own=question)
        edited = question.edit(composed, set_, at=self.clock.now())
        if edited == question:
            return question
        await self.composer.hold((question, edited))
        saved = await self.questions.save(edited)
        await self.question_consequences.follow(question, saved)
        if (user_id := self.access.actor.user_id) is not None:
            await self.question_copies.discard(question.id, user_id)
        await self.transaction.commit()
        return saved
