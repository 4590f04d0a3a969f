from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.question_imports import (
    QuestionImport,
    QuestionImportGone,
    QuestionImports,
    list_kept,
)
from core.tasks import TaskStorage
from core.transaction import Transaction

LISTED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestionImports:
    """The owner sees the files of the last day: those that wait for her word, those that are being brought in, and what
    became of the others. Refused with Unavailable."""

    access: Access
    question_imports: QuestionImports
    tasks: TaskStorage
    transaction: Transaction

    async def __call__(self) -> Sequence[QuestionImport]:
        self.access.require(Action.IMPORT_CONTENT)
        kept, found = (await list_kept(self.tasks))[:LISTED], []
        await self.transaction.rest()
        for import_id in kept:
            try:
                found.append(await self.question_imports.get(import_id))
            except QuestionImportGone:
                continue
        return found
