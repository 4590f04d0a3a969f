"""The library of what is worth reading, as programs see and send it."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.competency_matrix.resources import NAME_LENGTH, URL_LENGTH, Resource
from entrypoints.api.models import MomentShown, Paging, Shown, Wanted
from entrypoints.api.v1.matrix.card_models import CARD_EXAMPLE, CardShown

RESOURCE_WANTED: JsonDict = {"name": "Use The Index, Luke", "url": "https://use-the-index-luke.com/"}
RESOURCE_EXAMPLE: JsonDict = {
    **RESOURCE_WANTED,
    "id": "1a2b3c4d5e6f708192a3b4c5d6e7f809",
    "checked_at": "2026-03-01T09:05:00Z",
    "trouble": "",
    "version": 1,
}


class ResourceWanted(Wanted):
    """*url* is unique in the site's library."""

    model_config = ConfigDict(json_schema_extra={"examples": [RESOURCE_WANTED]})

    name: Annotated[str, Field(json_schema_extra={"maxLength": NAME_LENGTH})]
    url: Annotated[str, Field(json_schema_extra={"maxLength": URL_LENGTH, "format": "uri"})]


class ResourceShown(Shown):
    """*trouble* is what the last check found, empty for nothing: the status (`404`), `timeout`, `unreachable`,
    `certificate`, `private`."""

    model_config = ConfigDict(json_schema_extra={"examples": [RESOURCE_EXAMPLE]})

    id: str
    name: str
    url: str
    checked_at: MomentShown | None
    trouble: str
    version: int

    @classmethod
    def of(cls, resource: Resource) -> ResourceShown:
        return cls(**{name: getattr(resource, name) for name in ResourceShown.model_fields})


class ResourceListed(ResourceShown):
    """*used* is how many questions it is attached to; null in the list of those in trouble."""

    used: int | None

    @classmethod
    def counted(cls, resource: Resource, used: int | None) -> ResourceListed:
        return cls(**{name: getattr(resource, name) for name in ResourceShown.model_fields}, used=used)


class ResourcesShown(Shown):
    """By name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [{**RESOURCE_EXAMPLE, "used": 4}], "next_cursor": None}]}
    )

    items: tuple[ResourceListed, ...]
    next_cursor: str | None


class ResourceUsesShown(ResourceShown):
    """*used_in* are the questions that it is attached to."""

    model_config = ConfigDict(json_schema_extra={"examples": [{**RESOURCE_EXAMPLE, "used_in": [CARD_EXAMPLE]}]})

    used_in: tuple[CardShown, ...]

    @classmethod
    def used(cls, resource: Resource, used_in: tuple[CardShown, ...]) -> ResourceUsesShown:
        return cls(**{name: getattr(resource, name) for name in ResourceShown.model_fields}, used_in=used_in)


class ResourcesQuery(Paging):
    q: Annotated[str, Field(description="Words in name or address.")] = ""
    in_trouble: Annotated[
        bool, Field(description="Only those whose link was dead when it was checked last, all at once.")
    ] = False
