"""Sheets and questions for tests, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from secrets import token_hex

from core.competency_matrix.entities import Question, QuestionId, SetWording
from core.competency_matrix.grades import GradeKey, MatrixSettings
from core.competency_matrix.sheets import Sheet, new_sheet
from core.competency_matrix.texts import Wording
from db.competency_matrix import SqlQuestionStorage, SqlSheetStorage
from tests.api.house import Site

SECTIONS = {"Indexes": ("Plans", "Kinds"), "Locks": ("Rows",), "Empty": ("Nothing",)}


async def made_sheet(site: Site, name: str = "Databases") -> Sheet:
    """With the sections above, under an address that no other sheet has."""
    sheet = new_sheet(key=f"sheet-{token_hex(4)}", name=name, description=f"About {name}.")
    for section, subsections in SECTIONS.items():
        sheet = sheet.with_section(section)
        for subsection in subsections:
            sheet = sheet.with_subsection(sheet.sections[-1].id, subsection)
    async with site.sessions.open(site.tenant) as session:
        kept = await SqlSheetStorage(session).add(sheet)
        await session.commit()
    return kept


def made_question(
    sheet: Sheet,
    asked: str = "When does an index help?",
    *,
    subsection: str = "Plans",
    grade: str | None = "senior",
    hint: str = "",
    answer: str = "When it is selective.",
    translations: Mapping[str, str] | None = None,
    is_public: bool = True,
    **fields: object,
) -> Question:
    place = next(one for one in sheet.subsections if one.name == subsection)
    now = datetime.now(UTC)
    wordings = {"en": _set(asked, answer, hint)}
    wordings |= {lang: _set(words, answer, hint) for lang, words in (translations or {}).items()}
    question = Question(
        id=QuestionId(token_hex(16)),
        slug=f"question-{token_hex(4)}",
        sheet_id=sheet.id,
        subsection_id=place.id,
        lang="en",
        wordings=wordings,
        created_at=now,
        updated_at=now,
        grade=GradeKey(grade) if grade else None,
        is_public=is_public,
        published_at=now if is_public else None,
    )
    return replace(question, **fields)  # type: ignore[arg-type]  # whatever field a test is about


async def keep(site: Site, *questions: Question) -> None:
    async with site.sessions.open(site.tenant) as session:
        for question in questions:
            await SqlQuestionStorage(session).add(question)
        await session.commit()


async def settle(site: Site, *, shows_coverage: bool = False, accepts_suggestions: bool = False) -> MatrixSettings:
    """Switch what can be switched about the matrix as a whole."""
    async with site.sessions.open(site.tenant) as session:
        sheets = SqlSheetStorage(session)
        wanted = replace(
            await sheets.settings(), shows_coverage=shows_coverage, accepts_suggestions=accepts_suggestions
        )
        kept = await sheets.save_settings(wanted)
        await session.commit()
    return kept


def _set(asked: str, answer: str, hint: str) -> SetWording:
    wording = Wording(question=asked, answer=answer, expectation="That it costs writes.", hint=hint)
    return SetWording(
        wording=wording,
        answer_html=f"<p>{answer}</p>",
        expectation_html="<p>That it costs writes.</p>",
        plain="\n".join(part for part in (asked, hint, answer) if part),
    )
