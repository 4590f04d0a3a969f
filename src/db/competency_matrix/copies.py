from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.entities import QuestionId
from core.competency_matrix.history import QuestionCopy
from core.identity import UserId
from db.base import columns, values_of
from db.blog import WorkingCopyRow


class SqlQuestionCopyStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, question_id: QuestionId, user_id: UserId) -> QuestionCopy | None:
        wanted = columns(WorkingCopyRow, without=("subject", "post_id", "text"))
        query = select(*wanted, WorkingCopyRow.text.label("typed")).where(*_whose(question_id, user_id))
        row = (await self._session.execute(query)).mappings().one_or_none()
        return QuestionCopy(**row) if row else None

    async def keep(self, copy: QuestionCopy) -> None:
        values = values_of(copy, without=("typed",)) | {"text": dict(copy.typed)}
        kept = {name: values[name] for name in ("text", "base_version", "saved_at")}
        adding = insert(WorkingCopyRow).values(values)
        await self._session.execute(adding.on_conflict_do_update(index_elements=["subject", "user_id"], set_=kept))

    async def discard(self, question_id: QuestionId, user_id: UserId) -> None:
        await self._session.execute(delete(WorkingCopyRow).where(*_whose(question_id, user_id)))


def _whose(question_id: QuestionId, user_id: UserId) -> tuple[Any, Any]:
    return WorkingCopyRow.question_id == question_id, WorkingCopyRow.user_id == user_id
