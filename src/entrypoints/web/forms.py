"""Forms as they arrive, and as they go back with what is wrong beside each field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException
from pydantic import BaseModel, ConfigDict, ValidationError

from core.errors import Problem
from entrypoints.http.translations import Catalogue
from entrypoints.web.csrf import FIELD
from entrypoints.web.rendering import WebRequest
from entrypoints.web.views import Form

F = TypeVar("F", bound="WebForm")


class WebForm(BaseModel):
    """The shape of a form; what its fields may hold is the business's to say."""

    model_config = ConfigDict(extra="ignore", frozen=True)


async def typed(request: WebRequest) -> dict[str, str]:
    """All text fields. Raises ClientException (400) when one holds what cannot be stored."""
    try:
        data = await request.form()
    except UnicodeDecodeError as error:  # Litestar's parser of multipart bodies lets it through
        raise ClientException("a form that is not UTF-8") from error
    found = {name: value for name, value in data.multi_items() if isinstance(value, str)}
    if any("\x00" in name or "\x00" in value for name, value in found.items()):
        raise ClientException("NUL in a form")
    return found


async def upload(request: WebRequest, name: str) -> tuple[bytes, str]:
    """The bytes and the name of a file in the form; no bytes when none was chosen."""
    file: Any = (await request.form()).get(name)
    if not isinstance(file, UploadFile):
        return b"", ""
    return await file.read(), file.filename


async def uploaded(request: WebRequest, name: str) -> UploadFile | None:
    """A file in the form that may be too large for memory; None when none was chosen."""
    file: Any = (await request.form()).get(name)
    return file if isinstance(file, UploadFile) else None


def parsed(model: type[F], values: Mapping[str, str]) -> F:
    """*values* in the shape of *model*. Raises ClientException (400): our own pages never send anything else."""
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise ClientException("a field of the form is missing or damaged") from error


def shown(
    values: Mapping[str, str], *, catalogue: Catalogue, problems: Iterable[Problem] = (), message: str = ""
) -> Form:
    """What was typed, without proofs and passwords, and what is wrong with it. What is wrong with no field that the
    form has is said above it."""
    kept = {name: value for name, value in values.items() if name != FIELD and "password" not in name}
    errors = {field_name(problem.field): catalogue.problem(problem) for problem in problems}
    loose = [text for name, text in errors.items() if name not in values]
    return Form(values=kept, errors=errors, message=message or " ".join(loose))


def field_name(path: str) -> str:
    """The form's name of a field: ``menu.0.url`` is typed into ``menu-0-url``."""
    return path.replace(".", "-")
