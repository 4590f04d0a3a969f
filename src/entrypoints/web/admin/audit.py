"""The site's log: looking through it, taking it along, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.types import ASGIApp

from core.access import Action
from core.audit import AuditEvent
from core.errors import Invalid
from core.pagination import Slice
from core.site.use_cases.edit_audit import EditAudit
from core.site.use_cases.export_audit_events import ExportAuditEvents
from core.site.use_cases.list_audit_events import ListAuditEvents
from core.site.use_cases.show_audit import AuditShown, ShowAudit
from core.text import N_
from core.transaction import Transaction
from entrypoints.http.audit_files import MEDIA_TYPES, AuditForm, written
from entrypoints.http.audit_words import nameless, recorded_actions
from entrypoints.http.context import RequestFacts
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.audit_shapes import asked_for, audit_line, filter_of
from entrypoints.web.forms import shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.audit import AUDIT, AuditLine, AuditPage

SIZE = 50
PATIENCE = 30.0
OUTCOMES = {"": N_("All"), "done": N_("What was done"), "refused": N_("What was refused")}
EXPORTS = {AuditForm.CSV: N_("As a table (CSV)"), AuditForm.JSONL: N_("For programs (JSON lines)")}
_DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditDesk:
    """The pages of the log."""

    pages: Pages
    list_events: ListAuditEvents
    transaction: Transaction

    async def show(
        self,
        show_audit: ShowAudit,
        parameters: Mapping[str, str],
        *,
        keeping: Form | None = None,
        status: int = 200,
    ) -> Page:
        asked = asked_for(parameters)
        found, is_newest = await self._found(asked, parameters.get("cursor") or None)
        about = await show_audit()
        page = AuditPage(
            lines=tuple(self._line(event) for event in found.items),
            values=Form(values=asked),
            is_filtered=any(asked.values()),
            older_url=with_query(AUDIT, **asked, cursor=found.next_cursor) if found.next_cursor else "",
            newest_url="" if is_newest else with_query(AUDIT, **asked),
            people=self._people(about),
            actions=self._choices({"": N_("Everything")}) + _as_choices(recorded_actions(self.pages.catalogue)),
            outcomes=self._choices(OUTCOMES),
            exports=self._exports(asked),
            may_edit=self.pages.access.can(Action.EDIT_AUDIT),
            keeping=keeping or Form(values={"days": str(about.days)}),
        )
        if self.pages.wants_fragment:
            return self.pages.fragment("admin/audit/_list.html", page=page)
        return self.pages.show("admin/audit/index.html", page, status=status)

    async def refused(self, show_audit: ShowAudit, days: str, error: Invalid) -> Page:
        await self.transaction.rest()
        keeping = shown({"days": days}, catalogue=self.pages.catalogue, problems=error.problems)
        return await self.show(show_audit, {}, keeping=keeping, status=422)

    async def _found(self, asked: Mapping[str, str], cursor: str | None) -> tuple[Slice[AuditEvent], bool]:
        """Whether these are the newest comes second. An address that somebody has cut shows them too."""
        wanted = filter_of(asked, time_zone=self.pages.settings.time_zone)
        try:
            return await self.list_events(wanted, cursor=cursor, limit=SIZE), cursor is None
        except Invalid:
            return await self.list_events(wanted, limit=SIZE), True

    def _line(self, event: AuditEvent) -> AuditLine:
        pages = self.pages
        return audit_line(event, pages.catalogue, pages.policy, time_zone=pages.settings.time_zone)

    def _people(self, about: AuditShown) -> tuple[Choice, ...]:
        named = {actor.id: actor.name for actor in about.actors}
        return self._choices({"": N_("Everybody")}) + _as_choices({**named, **nameless(self.pages.catalogue)})

    def _exports(self, asked: Mapping[str, str]) -> tuple[Choice, ...]:
        if not self.pages.access.can(Action.EXPORT_AUDIT):
            return ()
        ways = {with_query(f"{AUDIT}/export", **asked, format=form.value): text for form, text in EXPORTS.items()}
        return self._choices(ways)

    def _choices(self, texts: Mapping[str, str]) -> tuple[Choice, ...]:
        return _as_choices({value: self.pages.catalogue.gettext(text) for value, text in texts.items()})


def _as_choices(texts: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, label=text) for value, text in texts.items())


@get(AUDIT)
@inject
async def index(
    request: WebRequest,
    list_events: FromDishka[ListAuditEvents],
    show_audit: FromDishka[ShowAudit],
    desk: FromDishka[AuditDesk],
) -> Page:
    del list_events
    return await desk.show(show_audit, request.query_params)


@get(f"{AUDIT}/export")
@inject
async def export(
    request: WebRequest,
    facts: FromDishka[RequestFacts],
    export_events: FromDishka[ExportAuditEvents],
    pages: FromDishka[Pages],
) -> ASGIApp:
    asked = asked_for(request.query_params)
    form = AuditForm.JSONL if request.query_params.get("format") == AuditForm.JSONL else AuditForm.CSV
    be_patient(request.scope, PATIENCE)
    events = await export_events(filter_of(asked, time_zone=pages.settings.time_zone))
    chunks = None if facts.is_head else written(events, form, pages.catalogue)
    return download(f"{facts.tenant.slug}-log.{form.value}", chunks, media_type=MEDIA_TYPES[form])


@post(f"{AUDIT}/retention")
@inject
async def retention(
    request: WebRequest,
    edit: FromDishka[EditAudit],
    show_audit: FromDishka[ShowAudit],
    desk: FromDishka[AuditDesk],
) -> Page:
    days = (await typed(request)).get("days", "").strip()
    try:
        await edit(_number(days))
    except Invalid as error:
        return await desk.refused(show_audit, days[:_DIGITS], error)
    return desk.pages.redirect(AUDIT, done=Done.SAVED)


def _number(text: str) -> int:
    """What is no number is as good as none at all."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else 0
