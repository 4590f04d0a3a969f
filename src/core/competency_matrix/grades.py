"""How far somebody is expected to have come, and what an owner decides about the matrix as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NewType

from core.errors import Problem, refuse_if_any
from core.slugs import slug_problem
from core.text import N_

GradeKey = NewType("GradeKey", str)

GRADE_LENGTH = 40
GRADES_MAX = 12
_COLOUR = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """*key* names it in addresses and programs and never changes; *colour* (#rrggbb) in the place of the site's own
    shade for its position, empty for that."""

    key: GradeKey
    name: str
    colour: str = ""


DEFAULT_GRADES = tuple(
    Grade(key=GradeKey(key), name=name)
    for key, name in (
        ("junior", "Junior"),
        ("junior-plus", "Junior+"),
        ("middle", "Middle"),
        ("middle-plus", "Middle+"),
        ("senior", "Senior"),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSettings:
    """*grades* in their order, from the first that one reaches; *accepts_suggestions*: visitors may propose questions;
    *shows_coverage*: the picture of what the matrix covers is public; *version* counts saves."""

    grades: tuple[Grade, ...] = DEFAULT_GRADES
    accepts_suggestions: bool = False
    shows_coverage: bool = False
    version: int = 1

    def grade(self, key: str | None) -> Grade | None:
        return next((grade for grade in self.grades if grade.key == key), None)

    def changed_to(self, wanted: MatrixWishes) -> MatrixSettings:
        """These settings as *wanted*. Raises Invalid naming each field."""
        refuse_if_any(wanted.problems())
        grades = tuple(replace(grade, name=" ".join(grade.name.split())) for grade in wanted.grades)
        return replace(
            self,
            grades=grades,
            accepts_suggestions=wanted.accepts_suggestions,
            shows_coverage=wanted.shows_coverage,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixWishes:
    """The settings as somebody typed them, not yet checked."""

    grades: tuple[Grade, ...]
    accepts_suggestions: bool = False
    shows_coverage: bool = False

    def problems(self) -> list[Problem]:
        if not 1 <= len(self.grades) <= GRADES_MAX:
            return [Problem.of("grades", N_("From one to %(limit)d grades, please."), limit=GRADES_MAX)]
        found = [problem for place, grade in enumerate(self.grades) for problem in _problems(grade, f"grades.{place}")]
        for field in ("key", "name"):
            seen: set[str] = set()
            for place, grade in enumerate(self.grades):
                value = " ".join(str(getattr(grade, field)).casefold().split())
                if value in seen:
                    found.append(Problem.of(f"grades.{place}.{field}", N_("Another grade is called the same.")))
                seen.add(value)
        return found


def _problems(grade: Grade, path: str) -> list[Problem]:
    found = [problem] if (problem := slug_problem(grade.key, f"{path}.key")) else []
    if not grade.name.strip():
        found.append(Problem.of(f"{path}.name", N_("A grade needs a name.")))
    if len(grade.name) > GRADE_LENGTH:
        found.append(Problem.of(f"{path}.name", N_("At most %(limit)d characters, please."), limit=GRADE_LENGTH))
    if grade.colour and not _COLOUR.fullmatch(grade.colour):
        words = N_("Write the colour as # and six digits, such as #c2410c.")
        found.append(Problem.of(f"{path}.colour", words))
    return found
