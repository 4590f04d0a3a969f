"""The library as the desk shows it, and its form."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from pydantic import Field

from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.resources import Resource
from core.publication import PublicationStatus
from entrypoints.web.forms import WebForm
from entrypoints.web.views.matrix_keeping import ResourceItem, UsedIn

LIST = "/admin/matrix/resources"
CHOSEN = "is-"
CHOSEN_MAX = 20


class ResourceForm(WebForm):
    name: str = ""
    url: str = ""
    into: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None


def resource_item(resource: Resource, used: int | None = None) -> ResourceItem:
    return ResourceItem(
        id=resource.id,
        name=resource.name,
        url=resource.url,
        host=(urlsplit(resource.url).hostname or "").removeprefix("www."),
        version=resource.version,
        used=used,
        checked_at=resource.checked_at,
        trouble=resource.trouble,
    )


def used_in(card: QuestionCard, sheets: Mapping[str, str]) -> UsedIn:
    """*sheets* are their addresses by id."""
    is_live = card.status is PublicationStatus.PUBLISHED and card.sheet_id in sheets
    return UsedIn(
        title=card.question,
        url=f"/admin/matrix/questions/{card.id}/edit",
        status=card.status.value,
        live_url=f"/matrix/{sheets[card.sheet_id]}/{card.slug}" if is_live else "",
    )


def chosen(values: Mapping[str, str]) -> list[str]:
    """Which boxes were checked: each has a name of its own."""
    return [name.removeprefix(CHOSEN) for name in values if name.startswith(CHOSEN)][:CHOSEN_MAX]
