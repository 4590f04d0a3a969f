"""The competency matrix of a site's folder: content/matrix/*.toml are sheets, content/matrix/*/*.md questions."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import frontmatter
import yaml
from dishka import AsyncContainer
from pydantic import Field, ValidationError

from core.competency_matrix.planting import NamedResource, QuestionCode, SheetCode
from core.competency_matrix.texts import Wording
from core.competency_matrix.use_cases.list_unplanted_questions import ListUnplantedQuestions
from core.competency_matrix.use_cases.plant_question import PlantQuestion
from core.competency_matrix.use_cases.plant_sheet import PlantSheet
from core.errors import Invalid, Problem
from core.tenancy.entities import Tenant
from entrypoints.cli.code_models import Strict, invalid_file, naming


class SectionToml(Strict):
    name: str
    subsections: tuple[str, ...] = ()


class SheetToml(Strict):
    """A sheet's file; *order* is its place among the sheets."""

    key: str
    name: str
    order: int = 0
    description: str = ""
    sections: tuple[SectionToml, ...] = ()


class ResourceCode(Strict):
    name: str
    url: str
    why: str = ""


class WordingCode(Strict):
    question: str
    answer: str = ""
    expectation: str = ""
    hint: str = ""


class QuestionFront(Strict):
    """The front matter of a question; what follows it is the answer. *withdrawn* comes with `draft`; *lang* is that of
    the words where it is not the site's own."""

    slug: str
    question: str
    section: str
    subsection: str
    grade: str = ""
    frequency: str = ""
    hint: str = ""
    expectation: str = ""
    resources: tuple[ResourceCode, ...] = ()
    evidence: tuple[str, ...] = ()
    order: int = 0
    draft: bool = False
    withdrawn: bool = False
    lang: str = ""
    date: datetime | None = None
    translations: dict[str, WordingCode] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    path: Path
    code: QuestionCode
    order: int
    is_public: bool
    published_at: datetime | None
    lang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixFolder:
    """Sheets in their order, questions in the order of their cells."""

    sheets: Sequence[tuple[Path, SheetCode]] = ()
    questions: Sequence[QuestionFile] = ()


@dataclass(slots=True, kw_only=True)
class MatrixReport:
    """How much of the folder's matrix is new in the site, and which evidence it names in vain."""

    questions_added: int = 0
    questions_kept: int = 0
    missing: list[str] = field(default_factory=list)


def read_matrix(folder: Path) -> MatrixFolder:
    """What *folder* (content/matrix) holds; nothing when there is none. Raises Invalid naming the file."""
    found = [(path, _sheet(path)) for path in sorted(folder.glob("*.toml"))]
    found.sort(key=lambda entry: entry[1].order)
    questions = [_question(path, sheet.key) for _, sheet in found for path in sorted((folder / sheet.key).glob("*.md"))]
    questions.sort(key=lambda file: file.order)
    return MatrixFolder(sheets=[(path, _code(sheet)) for path, sheet in found], questions=questions)


async def plant_matrix(
    container: AsyncContainer, tenant: Tenant, folder: MatrixFolder, *, lang: str, overwrite: bool
) -> MatrixReport:
    """Add the sheets and the questions whose slug never existed (with *overwrite*: all of them)."""
    report = MatrixReport()
    wanted = folder.questions if overwrite else await _missing(container, tenant, folder.questions)
    report.questions_kept = len(folder.questions) - len(wanted)
    for path, code in folder.sheets:
        async with container({Tenant: tenant}) as at_site:
            with naming(path):
                await (await at_site.get(PlantSheet))(code, overwrite=overwrite)
    for file in wanted:
        async with container({Tenant: tenant}) as at_site:
            plant = await at_site.get(PlantQuestion)
            with naming(file.path):
                planted = await plant(
                    file.code,
                    lang=file.lang or lang,
                    is_public=file.is_public,
                    published_at=file.published_at,
                    overwrite=overwrite,
                )
        report.questions_added += planted.is_changed
        report.questions_kept += not planted.is_changed
        report.missing += planted.missing
    return report


async def _missing(
    container: AsyncContainer, tenant: Tenant, questions: Sequence[QuestionFile]
) -> Sequence[QuestionFile]:
    if not questions:
        return ()
    async with container({Tenant: tenant}) as at_site:
        slugs = [file.code.slug for file in questions]
        missing = set(await (await at_site.get(ListUnplantedQuestions))(slugs))
    return [file for file in questions if file.code.slug in missing]


def _sheet(path: Path) -> SheetToml:
    try:
        return SheetToml.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Invalid(Problem.of(str(path), "%(reason)s", reason=str(error))) from None
    except ValidationError as error:
        raise invalid_file(path, error) from None


def _code(sheet: SheetToml) -> SheetCode:
    sections = tuple((section.name, section.subsections) for section in sheet.sections)
    return SheetCode(key=sheet.key, name=sheet.name, description=sheet.description, sections=sections)


def _question(path: Path, sheet: str) -> QuestionFile:
    try:
        document = frontmatter.loads(path.read_text(encoding="utf-8"))
        front = QuestionFront.model_validate(document.metadata)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Invalid(Problem.of(str(path), "%(reason)s", reason=str(error))) from None
    except ValidationError as error:
        raise invalid_file(path, error) from None
    code = _question_code(front, sheet, document.content)
    return QuestionFile(
        path=path,
        code=code,
        order=front.order,
        is_public=not front.draft,
        published_at=_moment(front.date),
        lang=front.lang,
    )


def _moment(date: datetime | None) -> datetime | None:
    """Without a zone it is UTC."""
    return date.replace(tzinfo=UTC) if date and date.tzinfo is None else date


def _question_code(front: QuestionFront, sheet: str, answer: str) -> QuestionCode:
    return QuestionCode(
        sheet=sheet,
        section=front.section,
        subsection=front.subsection,
        question=front.question,
        answer=answer,
        expectation=front.expectation,
        hint=front.hint,
        slug=front.slug,
        grade=front.grade,
        frequency=front.frequency,
        resources=tuple(NamedResource(name=one.name, url=one.url, why=one.why) for one in front.resources),
        evidence=front.evidence,
        translations={lang: Wording(**wording.model_dump()) for lang, wording in front.translations.items()},
    )
