"""The site's log, as programs see it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from core.access import Action
from core.audit import AuditEvent, AuditOutcome
from core.site.audit_log import LEAST_DAYS, MOST_DAYS, AuditFilter
from entrypoints.api.models import MomentShown, MomentWanted, Paging, Shown, Wanted
from entrypoints.http.audit_files import AuditForm, members

EVENT_EXAMPLE: JsonDict = {
    "id": "5f0c2b7d9a3e4c1f8b6d0a2e4c6f8b1d",
    "at": "2026-03-01T09:05:00Z",
    "action": "post.publish",
    "outcome": "done",
    "actor_id": "0d9c8b7a6f5e4d3c2b1a09f8e7d6c5b4",
    "actor_name": "Anna",
    "role": "owner",
    "subject": "c0ffee00c0ffee00c0ffee00c0ffee00",
    "label": "Hello, world",
    "before": {"status": "draft"},
    "after": {"status": "published", "published_at": "2026-03-01T09:05:00+00:00"},
    "client": "9f86d081884c7d65",
    "request_id": "2c26b46b68ffc68ff99b453c1d304134",
    "token": "",
}


class AuditEventShown(Shown):
    """*before* and *after* hold what changed and nothing else. *client* stands for an address: equal within a month at
    this site, and nothing that leads back to it. *token* is the API token by which it was done."""

    model_config = ConfigDict(json_schema_extra={"examples": [EVENT_EXAMPLE]})

    id: str
    at: MomentShown
    action: Action
    outcome: AuditOutcome
    actor_id: str | None
    actor_name: str
    role: str
    subject: str
    label: str
    before: dict[str, str]
    after: dict[str, str]
    client: str
    request_id: str
    token: str

    @classmethod
    def of(cls, event: AuditEvent) -> AuditEventShown:
        return cls.model_validate(members(event))


class AuditEventsShown(Shown):
    """Newest first."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [EVENT_EXAMPLE], "next_cursor": None}]})

    items: tuple[AuditEventShown, ...]
    next_cursor: str | None


class _Filters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    actor: Annotated[str, Field(description="Who: a user's id, `operator` or `visitor`.", examples=["operator"])] = ""
    action: Annotated[Action | None, Field(description="What.", examples=["post.publish"])] = None
    subject: Annotated[str, Field(description="The id of what it was done to.")] = ""
    outcome: Annotated[AuditOutcome | None, Field(description="Whether it was done or refused.")] = None
    since: Annotated[MomentWanted | None, Field(description="Not before this moment.")] = None
    until: Annotated[MomentWanted | None, Field(description="Before this moment.")] = None

    @property
    def wanted(self) -> AuditFilter:
        return AuditFilter(
            actor=self.actor,
            action=self.action,
            subject=self.subject,
            outcome=self.outcome,
            since=self.since,
            until=self.until,
        )


class AuditQuery(_Filters, Paging):
    pass


class AuditExportQuery(_Filters):
    format: Annotated[AuditForm, Field(description="`jsonl`: a JSON object on each line.")] = AuditForm.JSONL


class RetentionShown(Shown):
    """For how many days a line of the log is kept."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"days": 365}]})

    days: int


class RetentionWanted(Wanted):
    model_config = ConfigDict(json_schema_extra={"examples": [{"days": 365}]})

    days: Annotated[int, Field(json_schema_extra={"minimum": LEAST_DAYS, "maximum": MOST_DAYS})]
