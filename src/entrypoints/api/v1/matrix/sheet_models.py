"""Sheets of the matrix and what lies in them, as programs see and send them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.coverage import Covered, SectionCoverage, SheetCoverage
from core.competency_matrix.grades import GRADE_LENGTH, GRADES_MAX, Grade, GradeKey, MatrixSettings, MatrixWishes
from core.competency_matrix.layout import Tally
from core.competency_matrix.sheets import ABOUT_LENGTH, NAME_LENGTH, Section, Sheet
from core.slugs import SLUG_LENGTH
from entrypoints.api.models import Shown, Wanted

SHEET_WANTED: JsonDict = {"key": "databases", "name": "Databases", "description": "PostgreSQL before all."}
SHEET_EXAMPLE: JsonDict = {
    **SHEET_WANTED,
    "id": "4d3c2b1a09f8e7d6c5b4a39281706f5e",
    "sections": [
        {
            "id": "a1b2c3d4e5f60718293a4b5c6d7e8f90",
            "name": "Reading",
            "subsections": [{"id": "7c1f0e2d3b4a59687766554433221100", "name": "Indexes"}],
        }
    ],
    "version": 3,
    "url": "https://anna.example/matrix/databases",
}
TALLY_EXAMPLE: JsonDict = {"questions": 42, "with_evidence": 7, "by_grade": {"junior": 20, "senior": 22}}
GRADE_EXAMPLE: JsonDict = {"key": "senior", "name": "Senior", "colour": ""}
SETTINGS_EXAMPLE: JsonDict = {
    "grades": [{"key": "junior", "name": "Junior", "colour": ""}, GRADE_EXAMPLE],
    "accepts_suggestions": True,
    "shows_coverage": False,
}


class SheetWanted(Wanted):
    """*key* is its address under /matrix/; the one that it had leads to it."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHEET_WANTED]})

    key: Annotated[str, Field(json_schema_extra={"maxLength": SLUG_LENGTH})]
    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]
    description: Annotated[str, Field(json_schema_extra={"maxLength": ABOUT_LENGTH})] = ""


class NewSheetWanted(Wanted):
    """Without *key* it gets one from its name."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHEET_WANTED]})

    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]
    key: Annotated[str, Field(json_schema_extra={"maxLength": SLUG_LENGTH})] = ""
    description: Annotated[str, Field(json_schema_extra={"maxLength": ABOUT_LENGTH})] = ""


class SubsectionShown(Shown):
    id: str
    name: str


class SectionShown(Shown):
    id: str
    name: str
    subsections: tuple[SubsectionShown, ...]

    @classmethod
    def of(cls, section: Section) -> SectionShown:
        within = tuple(SubsectionShown(id=one.id, name=one.name) for one in section.subsections)
        return cls(id=section.id, name=section.name, subsections=within)


class SheetShown(Shown):
    """*sections* in their order, with the subsections that questions stand in."""

    model_config = ConfigDict(json_schema_extra={"examples": [SHEET_EXAMPLE]})

    id: str
    key: str
    name: str
    description: str
    sections: tuple[SectionShown, ...]
    version: int
    url: str

    @classmethod
    def of(cls, sheet: Sheet, *, site_url: str) -> SheetShown:
        return cls(**described(sheet, site_url))


class TallyShown(Shown):
    """How many questions visitors can read, how many of these have evidence, and how many there are by grade."""

    questions: int
    with_evidence: int
    by_grade: dict[str, int]

    @classmethod
    def of(cls, tally: Tally) -> TallyShown:
        by_grade = {str(key): count for key, count in tally.by_grade.items()}
        return cls(
            questions=tally.questions,
            with_evidence=tally.with_evidence,
            by_grade=by_grade,
        )


class CountedSheetShown(SheetShown):
    model_config = ConfigDict(json_schema_extra={"examples": [{**SHEET_EXAMPLE, "tally": TALLY_EXAMPLE}]})

    tally: TallyShown


class SheetsShown(Shown):
    """All there are, in their order."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"items": [{**SHEET_EXAMPLE, "tally": TALLY_EXAMPLE}], "tally": TALLY_EXAMPLE}],
        }
    )

    items: tuple[CountedSheetShown, ...]
    tally: TallyShown
    next_cursor: None = None


class GradeModel(Wanted):
    """*key* names it in addresses and never changes; *colour* (#rrggbb) in the place of the site's own shade."""

    key: Annotated[str, Field(json_schema_extra={"maxLength": SLUG_LENGTH})]
    name: Annotated[str, Field(json_schema_extra={"maxLength": GRADE_LENGTH})]
    colour: str = ""


class MatrixSettingsWanted(Wanted):
    """*grades* in their order, from the first that one reaches. One that questions have cannot be left out."""

    model_config = ConfigDict(json_schema_extra={"examples": [SETTINGS_EXAMPLE]})

    grades: Annotated[tuple[GradeModel, ...], Field(json_schema_extra={"minItems": 1, "maxItems": GRADES_MAX})]
    accepts_suggestions: bool = False
    shows_coverage: bool = False

    def wishes(self) -> MatrixWishes:
        grades = tuple(Grade(key=GradeKey(one.key), name=one.name, colour=one.colour) for one in self.grades)
        return MatrixWishes(
            grades=grades, accepts_suggestions=self.accepts_suggestions, shows_coverage=self.shows_coverage
        )


class MatrixSettingsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{**SETTINGS_EXAMPLE, "version": 2}]})

    grades: tuple[GradeModel, ...]
    accepts_suggestions: bool
    shows_coverage: bool
    version: int

    @classmethod
    def of(cls, settings: MatrixSettings) -> MatrixSettingsShown:
        return cls(
            grades=grades_shown(settings.grades),
            accepts_suggestions=settings.accepts_suggestions,
            shows_coverage=settings.shows_coverage,
            version=settings.version,
        )


class CoveredShown(Shown):
    questions: int
    with_evidence: int

    @classmethod
    def of(cls, covered: Covered | SectionCoverage) -> CoveredShown:
        return cls(questions=covered.questions, with_evidence=covered.with_evidence)


class SectionCoverageShown(Shown):
    """*cells* are in the order of the grades."""

    id: str
    name: str
    questions: int
    with_evidence: int
    cells: tuple[CoveredShown, ...]

    @classmethod
    def of(cls, covered: SectionCoverage) -> SectionCoverageShown:
        return cls(
            id=covered.section.id,
            name=covered.section.name,
            questions=covered.questions,
            with_evidence=covered.with_evidence,
            cells=tuple(CoveredShown.of(cell) for cell in covered.cells),
        )


class SheetCoverageShown(Shown):
    id: str
    key: str
    name: str
    tally: TallyShown
    sections: tuple[SectionCoverageShown, ...]

    @classmethod
    def of(cls, covered: SheetCoverage) -> SheetCoverageShown:
        return cls(
            id=covered.sheet.id,
            key=covered.sheet.key,
            name=covered.sheet.name,
            tally=TallyShown.of(covered.tally),
            sections=tuple(SectionCoverageShown.of(section) for section in covered.sections),
        )


class CoverageShown(Shown):
    """How many questions visitors can read, and how many of these show evidence, by section and grade."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "grades": [GRADE_EXAMPLE],
                    "sheets": [
                        {
                            "id": "4d3c2b1a09f8e7d6c5b4a39281706f5e",
                            "key": "databases",
                            "name": "Databases",
                            "tally": {"questions": 22, "with_evidence": 7, "by_grade": {"senior": 22}},
                            "sections": [
                                {
                                    "id": "a1b2c3d4e5f60718293a4b5c6d7e8f90",
                                    "name": "Reading",
                                    "questions": 22,
                                    "with_evidence": 7,
                                    "cells": [{"questions": 22, "with_evidence": 7}],
                                }
                            ],
                        }
                    ],
                }
            ]
        }
    )

    grades: tuple[GradeModel, ...]
    sheets: tuple[SheetCoverageShown, ...]


def described(sheet: Sheet, site_url: str) -> dict[str, Any]:
    return {
        "id": sheet.id,
        "key": sheet.key,
        "name": sheet.name,
        "description": sheet.description,
        "sections": tuple(SectionShown.of(section) for section in sheet.sections),
        "version": sheet.version,
        "url": f"{site_url}/matrix/{sheet.key}",
    }


def grades_shown(grades: Sequence[Grade]) -> tuple[GradeModel, ...]:
    return tuple(GradeModel(key=one.key, name=one.name, colour=one.colour) for one in grades)
