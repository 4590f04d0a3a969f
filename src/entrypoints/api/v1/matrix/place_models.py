"""Places of the matrix and their order, as programs see and send them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from core.competency_matrix.sheets import NAME_LENGTH
from entrypoints.api.models import Shown, Wanted

IDS: list[JsonValue] = ["a1b2c3d4e5f60718293a4b5c6d7e8f90", "b2c3d4e5f60718293a4b5c6d7e8f90a1"]


class IntoQuery(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    into: Annotated[str | None, Field(description="The id of the subsection that its questions go to.")] = None


class NameWanted(Wanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Indexes"}]})

    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]


class PlaceWanted(Wanted):
    """Where a subsection goes: to the end of a section, of this sheet unless *sheet_id* names another."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"section_id": IDS[0]}]})

    section_id: str
    sheet_id: str | None = None


class MergeWanted(Wanted):
    """*gone* and what it holds becomes part of *into*."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"gone": IDS[0], "into": IDS[1]}]})

    gone: str
    into: str


class OrderWanted(Wanted):
    """The ids of all there are, each once, in the order that they shall have."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"order": IDS}]})

    order: tuple[str, ...]


class OrderShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{"order": IDS}]})

    order: tuple[str, ...]


class CellQuery(BaseModel):
    """A cell of the matrix."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subsection: Annotated[str, Field(description="The id of the subsection.")]
    grade: Annotated[str | None, Field(description="The key of the grade; without it what has none yet.")] = None
