"""Who did what, and who was refused what."""

from dishka.integrations.litestar import FromDishka, inject
from litestar.enums import HttpMethod
from litestar.types import ASGIApp

from core.access import Action
from core.site.use_cases.edit_audit import EditAudit
from core.site.use_cases.export_audit_events import ExportAuditEvents
from core.site.use_cases.list_audit_events import ListAuditEvents
from core.site.use_cases.show_audit import ShowAudit
from entrypoints.api import reading
from entrypoints.api.admission import Admission
from entrypoints.api.answers import Answer, ApiRequest, shown
from entrypoints.api.bodies import json_body
from entrypoints.api.etags import required_version, version_tag
from entrypoints.api.operations import Operation, Precondition, reads, writes
from entrypoints.api.queries import query_of
from entrypoints.api.v1.audit.models import (
    AuditEventShown,
    AuditEventsShown,
    AuditExportQuery,
    AuditQuery,
    RetentionShown,
    RetentionWanted,
)
from entrypoints.api.words import words_for
from entrypoints.http.audit_files import MEDIA_TYPES, written
from entrypoints.http.context import facts_of
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient

EVENTS = "/audit-events"
RETENTION = f"{EVENTS}/retention"
PATIENCE = 30.0

LIST = Operation(
    summary="List what was done and refused",
    tag="audit",
    use_case=ListAuditEvents,
    query=AuditQuery,
    shows=AuditEventsShown,
)
EXPORT = Operation(
    summary="Take the log along",
    tag="audit",
    use_case=ExportAuditEvents,
    query=AuditExportQuery,
    gives="application/jsonl",
    has_etag=False,
    note="The file is sent while it is made: a JSON object on each line, or with `format=csv` a table.",
)
READ_RETENTION = Operation(
    summary="Read how long the log is kept", tag="audit", use_case=ShowAudit, shows=RetentionShown
)
CHANGE_RETENTION = Operation(
    summary="Decide how long the log is kept",
    tag="audit",
    use_case=EditAudit,
    body=RetentionWanted,
    shows=RetentionShown,
    refusals=(422,),
    precondition=Precondition.REQUIRED,
    note="Lines that are older than that are deleted within minutes, and a line says how many.",
)


@reads(EVENTS, LIST)
@inject
async def list_events(request: ApiRequest, list_all: FromDishka[ListAuditEvents]) -> Answer:
    asked = query_of(request, AuditQuery)
    part = await list_all(asked.wanted, cursor=asked.cursor, limit=asked.limit)
    items = tuple(AuditEventShown.of(event) for event in part.items)
    return reading.many(request, AuditEventsShown(items=items, next_cursor=part.next_cursor), part.next_cursor)


@reads(f"{EVENTS}/export", EXPORT)
@inject
async def export_events(request: ApiRequest, export: FromDishka[ExportAuditEvents]) -> ASGIApp:
    asked, facts = query_of(request, AuditExportQuery), facts_of(request.scope)
    be_patient(request.scope, PATIENCE)
    events = await export(asked.wanted)
    chunks = None if facts.is_head else written(events, asked.format, await words_for(request))
    name = f"{facts.tenant.slug}-log.{asked.format.value}"
    return download(name, chunks, media_type=MEDIA_TYPES[asked.format])


@reads(RETENTION, READ_RETENTION)
@inject
async def read_retention(request: ApiRequest, show: FromDishka[ShowAudit]) -> Answer:
    days = (await show()).days
    return reading.one(request, RetentionShown(days=days), tag=version_tag(days))


@writes(HttpMethod.PUT, RETENTION, CHANGE_RETENTION)
@inject
async def change_retention(
    request: ApiRequest, admission: FromDishka[Admission], edit: FromDishka[EditAudit]
) -> Answer:
    await admission.admit(Action.EDIT_AUDIT)
    expected = required_version(request)
    wanted, _ = await json_body(request, RetentionWanted)
    days = await edit(wanted.days, expected=expected)
    return shown(RetentionShown(days=days), tag=version_tag(days))


HANDLERS = (list_events, export_events, read_retention, change_retention)
