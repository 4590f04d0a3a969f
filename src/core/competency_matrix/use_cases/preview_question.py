from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.entities import SetWording
from core.competency_matrix.readiness import QuestionLack, lacks
from core.competency_matrix.texts import QuestionText


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPreview:
    """*shown* is the wording in the site's own language, *lacks* what keeps it from being published."""

    shown: SetWording
    lacks: Sequence[QuestionLack]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewQuestion:
    """Whoever may write sees what her question will look like and what it lacks. Nothing is stored. Refused with
    Invalid."""

    access: Access
    composer: QuestionComposer

    async def __call__(self, text: QuestionText, *, lang: str) -> QuestionPreview:
        self.access.require(Action.DRAFT_QUESTION)
        text = self.composer.checked(text, lang=lang)
        rendered = await self.composer.render({lang: text.wording})
        return QuestionPreview(shown=rendered.wordings[lang], lacks=lacks(text))
