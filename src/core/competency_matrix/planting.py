"""Sheets and questions as files name them: by words instead of ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from core.competency_matrix.grades import Grade, MatrixSettings
from core.competency_matrix.resources import ResourceStorage, new_resource
from core.competency_matrix.sheets import Place, Sheet, Subsection, sheet_called
from core.competency_matrix.texts import Attachment, Frequency, QuestionText, Wording, folded
from core.errors import Invalid, Problem, refuse_if_any
from core.text import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCode:
    """A sheet as a folder holds it; *sections* with the names of their subsections, in their order."""

    key: str
    name: str
    description: str = ""
    sections: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedResource:
    name: str
    url: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCode:
    """A question as a file holds it: *sheet* is the address of a sheet, *section* and *subsection* are names, *grade*
    a name or key of a grade, *frequency* one of Frequency, *evidence* are addresses (or ids) of posts."""

    sheet: str
    section: str
    subsection: str
    question: str
    answer: str = ""
    expectation: str = ""
    hint: str = ""
    slug: str = ""
    grade: str = ""
    frequency: str = ""
    resources: tuple[NamedResource, ...] = ()
    evidence: tuple[str, ...] = ()
    translations: Mapping[str, Wording] = field(default_factory=dict)


def text_of(code: QuestionCode, sheets: Sequence[Sheet], settings: MatrixSettings) -> QuestionText:
    """What a writer would type for *code*, without its resources. Raises Invalid naming what is not there."""
    problems: list[Problem] = []
    subsection = _subsection(code, sheets, problems)
    grade = grade_called(code.grade, settings)
    if code.grade.strip() and grade is None:
        problems.append(Problem.of("grade", N_("There is no grade “%(name)s”."), name=code.grade))
    frequency = next((one for one in Frequency if one.value == code.frequency.strip().casefold()), None)
    if code.frequency.strip() and frequency is None:
        words = N_("Use one of these: %(names)s.")
        problems.append(Problem.of("frequency", words, names=", ".join(one.value for one in Frequency)))
    refuse_if_any(problems)
    return QuestionText(
        subsection_id=subsection.id if subsection else "",
        question=code.question,
        answer=code.answer,
        expectation=code.expectation,
        hint=code.hint,
        slug=code.slug,
        grade=grade.key if grade else None,
        frequency=frequency,
        evidence=code.evidence,
        translations=code.translations,
    )


async def shelve(named: Sequence[NamedResource], resources: ResourceStorage) -> tuple[Attachment, ...]:
    """Attachments for *named*, after putting into the library what it lacks; an address that is there keeps its name.
    Raises Invalid."""
    attachments: dict[str, Attachment] = {}
    for place, one in enumerate(named):
        resource = await resources.find_by_url(one.url.strip())
        if resource is None:
            try:
                resource = await resources.add(new_resource(name=one.name, url=one.url))
            except Invalid as error:
                found = (replace(problem, field=f"resources.{place}.{problem.field}") for problem in error.problems)
                raise Invalid(*found) from None
        attachments.setdefault(resource.id, Attachment(resource_id=resource.id, why=one.why.strip()))
    return tuple(attachments.values())


def grade_called(name: str, settings: MatrixSettings) -> Grade | None:
    """By its key or its name, whatever the case."""
    wanted = folded(name)
    return next((grade for grade in settings.grades if wanted in (grade.key, folded(grade.name))), None)


def grown(sheet: Sheet, code: SheetCode, *, overwrite: bool) -> Sheet:
    """*sheet* with all sections and subsections that *code* names; with *overwrite* called, described and ordered as
    there, what else it has behind. Raises Invalid or NameTaken."""
    for name, subsections in code.sections:
        section = _called(name, sheet.sections)
        if section is None:
            sheet = sheet.with_section(name)
            section = sheet.sections[-1]
        for subsection in subsections:
            if _called(subsection, section.subsections) is None:
                sheet = sheet.with_subsection(section.id, subsection)
                section = sheet.section(section.id)
    if not overwrite:
        return sheet
    sheet = sheet.described(key=sheet.key, name=code.name, description=code.description)
    ordered = sheet.ordered(_order(sheet.sections, [name for name, _ in code.sections]))
    for section in ordered.sections[: len({folded(name) for name, _ in code.sections})]:
        subsections = next(below for name, below in code.sections if folded(name) == folded(section.name))
        ordered = ordered.ordered_within(section.id, _order(section.subsections, subsections))
    return ordered


def _called(name: str, places: Sequence[Place]) -> Place | None:
    return next((place for place in places if folded(place.name) == folded(name)), None)


def _order(places: Sequence[Place], names: Sequence[str]) -> Sequence[str]:
    wanted = [folded(name) for name in names]
    rank = {name: place for place, name in enumerate(wanted)}
    return [str(place.id) for place in sorted(places, key=lambda place: rank.get(folded(place.name), len(wanted)))]


def _subsection(code: QuestionCode, sheets: Sequence[Sheet], problems: list[Problem]) -> Subsection | None:
    """Adds to *problems* what is not there."""
    sheet = sheet_called(code.sheet.strip(), sheets)
    if sheet is None:
        problems.append(Problem.of("sheet", N_("There is no sheet “%(name)s”."), name=code.sheet))
        return None
    section = _called(code.section, sheet.sections)
    if section is None:
        problems.append(Problem.of("section", N_("The sheet has no section “%(name)s”."), name=code.section))
        return None
    subsection = _called(code.subsection, section.subsections)
    if subsection is None:
        words = N_("The section has no subsection “%(name)s”.")
        problems.append(Problem.of("subsection", words, name=code.subsection))
    return subsection
