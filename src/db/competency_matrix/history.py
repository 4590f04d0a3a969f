from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.competency_matrix.entities import QuestionId
from core.competency_matrix.errors import QuestionRevisionNotFound
from core.competency_matrix.history import QuestionRevision
from core.competency_matrix.texts import Attachment, Frequency, QuestionText, Wording
from db.base import columns, values_of
from db.competency_matrix.rows import QuestionRevisionRow, attachment_values


class SqlQuestionRevisionStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, revision: QuestionRevision) -> None:
        values = values_of(revision, without=("text",)) | {"text": _kept(revision.text)}
        keys = ("question_id", "number")
        adding = insert(QuestionRevisionRow).values(values)
        again = {name: value for name, value in values.items() if name not in keys}
        await self._session.execute(adding.on_conflict_do_update(index_elements=keys, set_=again))

    async def list_newest(
        self, question_id: QuestionId, *, limit: int, before: int | None = None
    ) -> Sequence[QuestionRevision]:
        query = select(*columns(QuestionRevisionRow)).where(QuestionRevisionRow.question_id == question_id)
        if before is not None:
            query = query.where(QuestionRevisionRow.number < before)
        query = query.order_by(QuestionRevisionRow.number.desc()).limit(limit)
        return [_revision(row) for row in (await self._session.execute(query)).mappings()]

    async def get(self, question_id: QuestionId, number: int) -> QuestionRevision:
        is_it = (QuestionRevisionRow.question_id == question_id, QuestionRevisionRow.number == number)
        row = (
            (await self._session.execute(select(*columns(QuestionRevisionRow)).where(*is_it))).mappings().one_or_none()
        )
        if row is None:
            raise QuestionRevisionNotFound
        return _revision(row)


def _revision(row: Mapping[Any, Any]) -> QuestionRevision:
    return QuestionRevision(**{**row, "text": _text(row["text"])})


def _kept(text: QuestionText) -> dict[str, Any]:
    return values_of(text) | {
        "frequency": text.frequency.value if text.frequency else None,
        "resources": attachment_values(text.resources),
        "translations": {lang: values_of(wording) for lang, wording in text.translations.items()},
    }


def _text(kept: Mapping[str, Any]) -> QuestionText:
    """What `_kept` kept, also in an older release that knew fewer fields."""
    known = {field.name: kept[field.name] for field in fields(QuestionText) if field.name in kept}
    return QuestionText(
        **{
            **known,
            "frequency": Frequency(known["frequency"]) if known.get("frequency") else None,
            "resources": tuple(Attachment(**told) for told in known.get("resources", ())),
            "evidence": tuple(known.get("evidence", ())),
            "translations": {lang: Wording(**told) for lang, told in known.get("translations", {}).items()},
        }
    )
