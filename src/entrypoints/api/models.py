"""What all models of the API share."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
)

from core.text import N_

MOMENT_EXPECTED = N_("Write a moment with its zone, such as 2026-03-01T09:00:00Z.")


class Wanted(BaseModel):
    """What a client sends: exact types, no field that we do not know."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Shown(BaseModel):
    """What a client gets."""

    model_config = ConfigDict(frozen=True)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(MOMENT_EXPECTED) from error


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


_AS_MOMENT = WithJsonSchema({"type": "string", "format": "date-time"})

MomentShown = Annotated[datetime, PlainSerializer(_written, return_type=str), _AS_MOMENT]
MomentWanted = Annotated[AwareDatetime, AfterValidator(_in_utc), _AS_MOMENT]


class Paging(BaseModel):
    """*limit* entries from *cursor* on; a cursor comes from the answer before and means nothing elsewhere."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    limit: Annotated[int, Field(ge=1, le=100, description="How many at most, 1 to 100.")] = 20
    cursor: Annotated[str | None, Field(description="The `next_cursor` of the answer before.")] = None
