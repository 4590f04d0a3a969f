"""Questions as files take them along: by words instead of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.competency_matrix.entities import Question
from core.competency_matrix.files import QuestionRow
from core.competency_matrix.planting import NamedResource, QuestionCode, SheetCode
from core.competency_matrix.resources import Resource
from core.competency_matrix.sheets import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the ids of questions stand for: *places* are sheet, section and subsection by the subsection's id, *posts*
    addresses by id."""

    places: Mapping[str, tuple[str, str, str]]
    resources: Mapping[str, Resource]
    posts: Mapping[str, str]


def sheet_code(sheet: Sheet) -> SheetCode:
    sections = tuple((one.name, tuple(each.name for each in one.subsections)) for one in sheet.sections)
    return SheetCode(key=sheet.key, name=sheet.name, description=sheet.description, sections=sections)


def places_of(sheets: Sequence[Sheet]) -> Mapping[str, tuple[str, str, str]]:
    return {
        subsection.id: (sheet.key, section.name, subsection.name)
        for sheet in sheets
        for section in sheet.sections
        for subsection in section.subsections
    }


def row_of(question: Question, number: int, names: Names) -> QuestionRow:
    """Its place has to be among *names*. Resources and posts that are not were deleted, and are left out."""
    sheet, section, subsection = names.places[question.subsection_id]
    text = question.text
    attached = ((names.resources.get(one.resource_id), one.why) for one in text.resources)
    code = QuestionCode(
        sheet=sheet,
        section=section,
        subsection=subsection,
        question=text.question,
        answer=text.answer,
        expectation=text.expectation,
        hint=text.hint,
        slug=question.slug,
        grade=text.grade or "",
        frequency=text.frequency.value if text.frequency else "",
        resources=tuple(NamedResource(name=one.name, url=one.url, why=why) for one, why in attached if one),
        evidence=tuple(names.posts[post_id] for post_id in text.evidence if post_id in names.posts),
        translations=dict(sorted(text.translations.items())),
    )
    return QuestionRow(
        number=number,
        code=code,
        lang=question.lang,
        is_public=question.is_public,
        published_at=question.published_at,
    )
