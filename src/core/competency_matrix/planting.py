"""Sheets and questions as files name them: by words instead of ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.competency_matrix.entities import Question
from core.competency_matrix.grades import Grade, MatrixSettings
from core.competency_matrix.resources import ResourceStorage, new_resource
from core.competency_matrix.sheets import Place, Sheet, sheet_called
from core.competency_matrix.storage import QuestionStorage
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

    def checked_slug(self) -> str:
        """The address by which it is found again. Raises Invalid when there is none."""
        if not self.slug.strip():
            raise Invalid(Problem.of("slug", N_("An address is needed: small letters, digits and hyphens.")))
        return self.slug.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedQuestion:
    """*missing* are those of its evidence that the site does not have, or not any more."""

    question: Question
    is_changed: bool
    missing: Sequence[str] = ()


def ground_of(code: QuestionCode, sheets: Sequence[Sheet]) -> Sheet:
    """The sheet that *code* names, with a new section and subsection where it lacks them. Raises Invalid."""
    sheet = sheet_called(code.sheet.strip(), sheets)
    if sheet is None:
        raise Invalid(Problem.of("sheet", N_("There is no sheet “%(name)s”."), name=code.sheet))
    with _naming("section"):
        section = _called(code.section, sheet.sections)
        sheet = sheet if section else sheet.with_section(code.section)
    section = section or sheet.sections[-1]
    with _naming("subsection"):
        has_it = _called(code.subsection, section.subsections) is not None
        return sheet if has_it else sheet.with_subsection(section.id, code.subsection)


def text_of(code: QuestionCode, ground: Sheet, settings: MatrixSettings) -> QuestionText:
    """What a writer would type for *code* in *ground*, its resources by address (once each) instead of by id. Raises
    Invalid."""
    problems: list[Problem] = []
    grade = grade_called(code.grade, settings)
    if code.grade.strip() and grade is None:
        problems.append(Problem.of("grade", N_("There is no grade “%(name)s”."), name=code.grade))
    frequency = next((one for one in Frequency if one.value == code.frequency.strip().casefold()), None)
    if code.frequency.strip() and frequency is None:
        words = N_("Use one of these: %(names)s.")
        problems.append(Problem.of("frequency", words, names=", ".join(one.value for one in Frequency)))
    refuse_if_any(problems)
    whys = {one.url.strip(): one.why.strip() for one in reversed(code.resources)}
    named = dict.fromkeys(one.url.strip() for one in code.resources)
    return QuestionText(
        subsection_id=_subsection(code, ground),
        question=code.question,
        answer=code.answer,
        expectation=code.expectation,
        hint=code.hint,
        slug=code.slug,
        grade=grade.key if grade else None,
        frequency=frequency,
        resources=tuple(Attachment(resource_id=url, why=whys[url]) for url in named),
        evidence=code.evidence,
        translations=code.translations,
    )


async def known_evidence(code: QuestionCode, questions: QuestionStorage, *, now: datetime) -> tuple[str, ...]:
    """Its posts that are there: what the owner threw away keeps no question out."""
    links = await questions.list_evidence(code.evidence, now=now) if code.evidence else ()
    names = {name for link in links for name in (link.slug, link.post_id)}
    return tuple(name for name in code.evidence if name in names)


async def shelve(named: Sequence[NamedResource], resources: ResourceStorage) -> tuple[Attachment, ...]:
    """Attachments for *named*, each address once, after putting into the library what it lacks; what is there keeps its
    name. Raises Invalid."""
    attachments: dict[str, Attachment] = {}
    for place, one in enumerate(named):
        resource = await resources.find_by_url(one.url.strip())
        if resource is None:
            with _naming(f"resources.{place}.", is_prefix=True):
                resource = await resources.add(new_resource(name=one.name, url=one.url))
        attachments.setdefault(resource.id, Attachment(resource_id=resource.id, why=one.why.strip()))
    return tuple(attachments.values())


def grade_called(name: str, settings: MatrixSettings) -> Grade | None:
    """By its key or its name, whatever the case."""
    wanted = folded(name)
    return next((grade for grade in settings.grades if wanted in (grade.key, folded(grade.name))), None)


def grown(sheet: Sheet, code: SheetCode) -> Sheet:
    """*sheet* called and described as *code* says, with all sections and subsections that it names in its order; what
    else it has stands behind. Raises Invalid."""
    sheet = sheet.described(key=sheet.key, name=code.name, description=code.description)
    for name, subsections in code.sections:
        section = _called(name, sheet.sections)
        if section is None:
            sheet = sheet.with_section(name)
            section = sheet.sections[-1]
        for subsection in subsections:
            if _called(subsection, section.subsections) is None:
                sheet = sheet.with_subsection(section.id, subsection)
                section = sheet.section(section.id)
        sheet = sheet.ordered_within(section.id, _order(section.subsections, subsections))
    return sheet.ordered(_order(sheet.sections, [name for name, _ in code.sections]))


def _called(name: str, places: Sequence[Place]) -> Place | None:
    return next((place for place in places if folded(place.name) == folded(name)), None)


def _order(places: Sequence[Place], names: Sequence[str]) -> Sequence[str]:
    wanted = [folded(name) for name in names]
    rank = {name: place for place, name in enumerate(wanted)}
    return [str(place.id) for place in sorted(places, key=lambda place: rank.get(folded(place.name), len(wanted)))]


def _subsection(code: QuestionCode, ground: Sheet) -> str:
    section = next(one for one in ground.sections if folded(one.name) == folded(code.section))
    return next(one.id for one in section.subsections if folded(one.name) == folded(code.subsection))


@contextmanager
def _naming(field: str, *, is_prefix: bool = False) -> Iterator[None]:
    """What is Invalid in here is so because of *field* of the file."""
    try:
        yield
    except Invalid as error:
        problems = (replace(one, field=field + one.field if is_prefix else field) for one in error.problems)
        raise Invalid(*problems) from None
