from dataclasses import dataclass, replace

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question, SetText, new_question
from core.competency_matrix.errors import QuestionSlugTaken
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.texts import QuestionText
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuestion:
    """A contributor, or who may more, begins a question that only the desk sees, at the end of its cell.

    Without a slug it gets one from the question. Refused with Invalid or QuestionSlugTaken.
    """

    access: Access
    questions: QuestionStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, text: QuestionText, *, lang: str) -> Question:
        self.access.require(Action.DRAFT_QUESTION)
        text = self.composer.checked(text, lang=lang)
        composed, set_ = await self.composer.compose(text, lang=lang)
        question = await self._add(composed, set_, is_slug_free=not text.slug)
        await self.question_consequences.follow(None, question)
        await self.transaction.commit()
        return question

    async def _add(self, text: QuestionText, set_: SetText, *, is_slug_free: bool) -> Question:
        while True:
            made = new_question(text, set_, author_id=self.access.actor.user_id, at=self.clock.now())
            await self.composer.hold((None, made))
            try:
                return await self.questions.add(made)
            except QuestionSlugTaken:
                if not is_slug_free:
                    raise
                # Somebody took the address that was free just now: the next one is as good.
                set_ = replace(set_, slug=await self.composer.free_slug(text))
