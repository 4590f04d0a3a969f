from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.bulk import NewState, changed_states, refuse_too_many, whole
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.storage import QuestionStorage
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeQuestionStates:
    """Whoever may do it to each of several questions publishes them, withdraws them, throws them away (public ones with
    the right to withdraw) or takes them back (with the right to publish). All are changed or none; the answer is how
    many were. Refused with QuestionNotFound, SomeNotReady, QuestionInTrash, StaleVersion or Invalid."""

    access: Access
    questions: QuestionStorage
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_ids: Sequence[str], state: NewState) -> int:
        self.access.require(
            Action.PUBLISH_QUESTION
            if state is NewState.PUBLISHED
            else Action.WITHDRAW_QUESTION
            if state is NewState.WITHDRAWN
            else Action.TRASH_QUESTION
            if state is NewState.TRASHED
            else Action.RESTORE_QUESTION
        )
        refuse_too_many(question_ids)
        for question in (questions := whole(question_ids, await self.questions.list_many(question_ids))):
            if state is NewState.TRASHED:
                self.access.require(Action.TRASH_QUESTION, on=question)
            if state is NewState.RESTORED:
                self.access.require(Action.RESTORE_QUESTION, on=question)
            if state is NewState.PUBLISHED or (state is NewState.RESTORED and question.is_public):
                self.access.require(Action.PUBLISH_QUESTION, on=question)
            if state is NewState.WITHDRAWN or (state is NewState.TRASHED and question.is_public):
                self.access.require(Action.WITHDRAW_QUESTION, on=question)
        changes = changed_states(questions, state, now=self.clock.now())
        saved = await self.questions.save_many([after for _, after in changes])
        for (before, _), after in zip(changes, saved, strict=True):
            await self.question_consequences.follow(before, after)
        await self.transaction.commit()
        return len(changes)
