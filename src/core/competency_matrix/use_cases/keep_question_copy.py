from collections.abc import Mapping
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionInTrash
from core.competency_matrix.history import QuestionCopy, QuestionCopyStorage
from core.competency_matrix.limits import COPY_LENGTH
from core.competency_matrix.storage import QuestionStorage
from core.errors import Invalid, Problem
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepQuestionCopy:
    """Whoever may edit a question has what she is typing kept aside: the question stays as it is, and nobody else sees
    the copy. *expected* is the version that she began from. Refused with QuestionNotFound, QuestionInTrash or Invalid.
    """

    access: Access
    questions: QuestionStorage
    question_copies: QuestionCopyStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, question_id: str, typed: Mapping[str, str], *, expected: int | None) -> Question:
        self.access.require(Action.EDIT_QUESTION)
        question = await self.questions.get(question_id)
        self.access.require(Action.EDIT_QUESTION, on=question)
        if question.trashed_at is not None:
            raise QuestionInTrash
        if sum(len(name) + len(value) for name, value in typed.items()) > COPY_LENGTH:
            raise Invalid(Problem.of("answer", N_("At most %(limit)d characters, please."), limit=COPY_LENGTH))
        user_id = self.access.actor.user_id
        if user_id is not None:
            copy = QuestionCopy(
                question_id=question.id,
                user_id=user_id,
                typed=typed,
                base_version=question.version if expected is None else expected,
                saved_at=self.clock.now(),
            )
            await self.question_copies.keep(copy)
            await self.transaction.commit()
        return question
