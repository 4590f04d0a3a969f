"""What files of a site's folder have in common: their models forbid what they do not know; errors name the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from core.errors import Invalid, Problem


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


@contextmanager
def naming(file: Path) -> Iterator[None]:
    """What is Invalid in here is so because of *file*."""
    try:
        yield
    except Invalid as error:
        raise Invalid(*(replace(problem, field=f"{file}: {problem.field}") for problem in error.problems)) from None


def invalid_file(path: Path, error: ValidationError) -> Invalid:
    """What pydantic found in *path*, key by key."""
    problems = error.errors(include_input=False, include_url=False)
    return Invalid(
        *(Problem.of(f"{path}: {'.'.join(map(str, p['loc']))}", "%(reason)s", reason=_words(p)) for p in problems)
    )


def _words(problem: ErrorDetails) -> str:
    return {"tuple_type": "Must be a list.", "missing": "Must be set."}.get(problem["type"], problem["msg"])
