from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question, new_question
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.suggestions import SuggestionStorage
from core.competency_matrix.texts import QuestionText
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptSuggestion:
    """Whoever decides about suggestions makes a draft of one, with the words that she chose (at first those of
    Suggestion.text_for). Refused with SuggestionNotFound, SuggestionDecided, Invalid or QuestionSlugTaken."""

    access: Access
    questions: QuestionStorage
    suggestions: SuggestionStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(self, suggestion_id: str, text: QuestionText, *, lang: str) -> Question:
        self.access.require(Action.DECIDE_SUGGESTION)
        self.access.require(Action.DRAFT_QUESTION)
        suggestion = await self.suggestions.get(suggestion_id)
        actor, now = self.access.actor, self.clock.now()
        suggestion.accept(by_name=actor.name, question_id="", at=now)
        text = self.composer.checked(text, lang=lang)
        composed, set_ = await self.composer.compose(text, lang=lang)
        made = new_question(composed, set_, author_id=actor.user_id, at=now)
        await self.composer.hold((None, made))
        question = await self.questions.add(made)
        await self.suggestions.save(suggestion.accept(by_name=actor.name, question_id=question.id, at=now))
        await self.question_consequences.follow(None, question)
        await self.transaction.commit()
        return question
