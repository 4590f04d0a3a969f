import logging
from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.entities import Question, QuestionId
from core.competency_matrix.storage import QuestionStorage
from core.rendering import GOING_ON, OUTDATED
from core.tasks import Task, TaskKind, TaskStorage
from core.transaction import Transaction

BATCH = 50

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderQuestions:
    """The runner renders answers anew: those that mention the task's subject, or, for the subject "outdated", those
    that an older renderer made. What is edited meanwhile stays as it was edited. Refused with TaskTaken."""

    access: Access
    questions: QuestionStorage
    composer: QuestionComposer
    tasks: TaskStorage
    clock: Clock
    transaction: Transaction

    async def __call__(self, task: Task) -> None:
        self.access.require(Action.RENDER_AGAIN)
        subject, _, after = task.subject.partition(GOING_ON)
        if subject == OUTDATED:
            found = await self.questions.list_outdated(self.composer.markdown.version, limit=BATCH)
        else:
            last = QuestionId(after) if after else None
            found = await self.questions.list_mentioning([subject], limit=BATCH, after=last)
        done, failure = await self._render_all(found)
        if failure is not None and not done:
            raise failure
        if following := _following(subject, found):
            await self.tasks.add(TaskKind.RENDER_QUESTIONS, subject=following, due_at=self.clock.now())
        await self.tasks.finish(task)
        await self.transaction.commit()

    async def _render_all(self, questions: Sequence[Question]) -> tuple[int, Exception | None]:
        """How many went well, and what was wrong with the last that did not."""
        done, failure = 0, None
        for question in questions:
            try:
                said = {lang: kept.wording for lang, kept in question.wordings.items()}
                rendered = await self.composer.render(said)
            except Exception as error:  # noqa: BLE001 - one that cannot be rendered holds up none of the others
                _log.warning("question_not_rendered", extra={"question": question.id}, exc_info=error)
                failure = error
                continue
            await self.questions.save_rendered(question.rendered_anew(rendered))
            await self.transaction.commit()
            done += 1
        return done, failure


def _following(subject: str, found: Sequence[Question]) -> str | None:
    """The subject of what is left to do: outdated ones are looked for until there are none."""
    if subject == OUTDATED:
        return OUTDATED if found else None
    return f"{subject}{GOING_ON}{found[-1].id}" if len(found) == BATCH else None
