from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core.competency_matrix.entities import Question, SetWording
from core.competency_matrix.texts import Attachment, Frequency, Wording, folded
from db.base import TenantRow, values_of

_ASKED = ("question", "hint")
_TOLD = ("answer", "expectation")
_MADE = ("answer_html", "expectation_html")


class MatrixSettingsRow(TenantRow):
    """At most one row; without it nobody has decided anything."""

    __tablename__ = "matrix_settings"

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    grades: Mapped[list[Any]] = mapped_column(JSONB)
    accepts_suggestions: Mapped[bool]
    shows_coverage: Mapped[bool]
    version: Mapped[int]

    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)


class SheetRow(TenantRow):
    __tablename__ = "matrix_sheets"

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    sections: Mapped[list[Any]] = mapped_column(JSONB)
    former_keys: Mapped[list[str]]
    position: Mapped[int]
    version: Mapped[int]


class QuestionRow(TenantRow):
    """By language: *asked* is what lists show, *wordings* the long rest and *plain* its words, which they do not fetch;
    a search fetches the words of what it shows. *folded* and
    *fingerprint* are of the question in the site's own language, *lacks* what `Question.lacks` told."""

    __tablename__ = "questions"

    id: Mapped[str] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    sheet_id: Mapped[str] = mapped_column(ForeignKey("matrix_sheets.id", ondelete="RESTRICT"))
    subsection_id: Mapped[str]
    lang: Mapped[str]
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    wordings: Mapped[dict[str, Any]] = mapped_column(JSONB)
    plain: Mapped[dict[str, str]]
    grade: Mapped[str | None]
    frequency: Mapped[str | None]
    position: Mapped[int]
    resources: Mapped[list[Any]] = mapped_column(JSONB)
    evidence: Mapped[list[str]]
    mentions: Mapped[list[str]]
    renderer_version: Mapped[int]
    author_id: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    is_public: Mapped[bool]
    is_flagged: Mapped[bool]
    published_at: Mapped[datetime | None]
    trashed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    former_slugs: Mapped[list[str]]
    origin: Mapped[str]
    version: Mapped[int]
    folded: Mapped[str]
    fingerprint: Mapped[str]
    lacks: Mapped[list[str]]
    heading: Mapped[str] = mapped_column(TSVECTOR)
    search: Mapped[str] = mapped_column(TSVECTOR)

    __table_args__ = (
        Index("ix_questions_sheet_id", "sheet_id"),
        Index("ix_questions_cell", "subsection_id", "grade"),
        Index("ix_questions_author_id", "author_id"),
        Index("ix_questions_fingerprint", "fingerprint"),
        Index("ix_questions_mentions", "mentions", postgresql_using="gin"),
        Index("ix_questions_search", "search", postgresql_using="gin", postgresql_with={"fastupdate": "off"}),
        Index("ix_questions_folded", "folded", postgresql_using="gin", postgresql_ops={"folded": "gin_trgm_ops"}),
    )


class QuestionRevisionRow(TenantRow):
    __tablename__ = "question_revisions"

    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)
    saved_by_name: Mapped[str]
    text: Mapped[dict[str, Any]] = mapped_column(JSONB)


class ResourceRow(TenantRow):
    __tablename__ = "resources"

    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    url: Mapped[str] = mapped_column(unique=True)
    checked_at: Mapped[datetime | None]
    trouble: Mapped[str]
    version: Mapped[int]


class SuggestionRow(TenantRow):
    __tablename__ = "suggestions"

    id: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str]
    fingerprint: Mapped[str]
    remark: Mapped[str]
    name: Mapped[str]
    sheet_id: Mapped[str | None] = mapped_column(ForeignKey("matrix_sheets.id", ondelete="SET NULL"), index=True)
    grade: Mapped[str | None]
    state: Mapped[str]
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_name: Mapped[str]
    question_id: Mapped[str | None] = mapped_column(ForeignKey("questions.id", ondelete="SET NULL"), index=True)

    __table_args__ = (Index("ix_suggestions_waiting", "fingerprint", postgresql_where=text("state = 'new'")),)


def question_of(row: Mapping[Any, Any]) -> Question:
    """The question that a whole row tells of."""
    found = {field.name: row[field.name] for field in fields(Question)}
    lists = {name: tuple(found[name]) for name in ("evidence", "mentions", "former_slugs")}
    return Question(
        **{
            **found,
            **lists,
            "frequency": Frequency(found["frequency"]) if found["frequency"] else None,
            "resources": tuple(Attachment(**told) for told in found["resources"]),
            "wordings": {lang: _set_wording(row, lang) for lang in row["asked"]},
        }
    )


def question_values(question: Question, *, without: tuple[str, ...] = ()) -> dict[str, Any]:
    """What is kept of *question*; its place in the cell is for the storage to choose."""
    kept = values_of(question, without=(*without, "wordings", "resources", "position"))
    return {
        **kept,
        **rendered_values(question),
        "frequency": question.frequency.value if question.frequency else None,
        "resources": attachment_values(question.resources),
        "folded": folded(question.title),
        "fingerprint": question.fingerprint,
        "lacks": [lack.code for lack in question.lacks()],
    }


def rendered_values(question: Question) -> dict[str, Any]:
    """The wordings with what rendering gave."""
    said = {lang: values_of(kept.wording) for lang, kept in question.wordings.items()}
    made = {lang: {name: getattr(kept, name) for name in _MADE} for lang, kept in question.wordings.items()}
    return {
        "asked": {lang: {name: told[name] for name in _ASKED} for lang, told in said.items()},
        "wordings": {lang: {name: told[name] for name in _TOLD} | made[lang] for lang, told in said.items()},
        "plain": {lang: kept.plain for lang, kept in question.wordings.items()},
        "mentions": list(question.mentions),
        "renderer_version": question.renderer_version,
    }


def attachment_values(attachments: tuple[Attachment, ...]) -> list[dict[str, Any]]:
    return [values_of(attachment) for attachment in attachments]


def _set_wording(row: Mapping[Any, Any], lang: str) -> SetWording:
    told = row["wordings"][lang]
    wording = Wording(**row["asked"][lang], **{name: told[name] for name in _TOLD})
    return SetWording(wording=wording, plain=row["plain"][lang], **{name: told[name] for name in _MADE})
