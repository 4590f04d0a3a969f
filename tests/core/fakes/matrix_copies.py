from core.competency_matrix.entities import QuestionId
from core.competency_matrix.history import QuestionCopy
from core.identity import UserId


class MemoryQuestionCopies:
    def __init__(self) -> None:
        self.kept: dict[tuple[QuestionId, UserId], QuestionCopy] = {}

    async def find(self, question_id: QuestionId, user_id: UserId) -> QuestionCopy | None:
        return self.kept.get((question_id, user_id))

    async def keep(self, copy: QuestionCopy) -> None:
        self.kept[copy.question_id, copy.user_id] = copy

    async def discard(self, question_id: QuestionId, user_id: UserId) -> None:
        self.kept.pop((question_id, user_id), None)
