"""Taking messages along, and all that is kept about one address: for her who asks, and to be erased."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import post
from litestar.types import ASGIApp

from core.contacts.entities import Message
from core.contacts.tables import written
from core.contacts.use_cases.disclose_address import DiscloseAddress
from core.contacts.use_cases.erase_address import EraseAddress
from core.contacts.use_cases.export_messages import ExportMessages
from core.contacts.use_cases.find_address import FindAddress
from core.errors import Invalid, Problem
from core.text import N_
from core.transaction import Transaction
from entrypoints.http.context import RequestFacts
from entrypoints.http.streaming import download
from entrypoints.http.watchdog import be_patient
from entrypoints.web.admin.contacts.inbox import query_of
from entrypoints.web.admin.contacts.shapes import message_item
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views.contacts import INBOX, AddressPage

ADDRESS = f"{INBOX}/address"
PATIENCE = 30.0


class ExportForm(WebForm):
    folder: str = ""
    q: str = ""
    assignee: str = ""


class AddressForm(WebForm):
    """*again* is the address once more, typed by whoever has it erased."""

    address: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressDesk:
    pages: Pages
    find: FindAddress
    transaction: Transaction

    async def show(self, address: str, problems: Sequence[Problem] = ()) -> Page:
        form = shown({"address": address, "again": ""}, catalogue=self.pages.catalogue, problems=problems)
        try:
            found = await self.find(address)
        except Invalid as error:
            form = shown({"address": address}, catalogue=self.pages.catalogue, problems=error.problems)
            page = AddressPage(address=address, form=form, is_found=False)
            return self.pages.show("admin/contacts/address.html", page, status=422)
        items = tuple(message_item(message, {}) for message in found)
        page = AddressPage(address=address.strip(), form=form, messages=items)
        return self.pages.show("admin/contacts/address.html", page, status=422 if problems else 200)


@post(f"{INBOX}/export", status_code=200)
@inject
async def create(
    request: WebRequest, facts: FromDishka[RequestFacts], export_messages: FromDishka[ExportMessages]
) -> ASGIApp:
    form = parsed(ExportForm, await typed(request))
    be_patient(request.scope, PATIENCE)
    parts = await export_messages(query_of(form.folder, form.q, form.assignee))
    return download(f"{facts.tenant.slug}-messages.csv", written(parts), media_type="text/csv; charset=utf-8")


@post(ADDRESS, status_code=200)
@inject
async def find(request: WebRequest, find_address: FromDishka[FindAddress], desk: FromDishka[AddressDesk]) -> Page:
    del find_address
    return await desk.show(parsed(AddressForm, await typed(request)).address)


@post(f"{ADDRESS}/disclosure", status_code=200)
@inject
async def disclosure(
    request: WebRequest,
    facts: FromDishka[RequestFacts],
    disclose: FromDishka[DiscloseAddress],
) -> ASGIApp:
    found = await disclose(parsed(AddressForm, await typed(request)).address)
    return download(f"{facts.tenant.slug}-address.json", _told(found), media_type="application/json")


@post(f"{ADDRESS}/erasure")
@inject
async def erasure(request: WebRequest, erase: FromDishka[EraseAddress], desk: FromDishka[AddressDesk]) -> Page:
    form = parsed(AddressForm, await typed(request))
    if form.again.strip().casefold() != form.address.strip().casefold():
        problem = Problem.of("again", N_("Type the address once more: this cannot be undone."))
        return await desk.show(form.address, [problem])
    try:
        count = await erase(form.address)
    except Invalid:
        await desk.transaction.rest()
        return await desk.show(form.address)
    return desk.pages.redirect(INBOX, done=Done.ADDRESS_ERASED, count=count)


async def _told(messages: Sequence[Message]) -> AsyncIterator[bytes]:
    """Without what people of the site wrote among themselves."""
    told = [
        {
            "received_at": message.received_at.isoformat(),
            "name": message.name,
            "email": message.email,
            "telegram": message.telegram,
            "other": message.other,
            "message": message.text,
            "answers": [{"question": extra.label, "answer": extra.value} for extra in message.extra],
            "consent": message.consent,
            "replies": [{"at": reply.at.isoformat(), "text": reply.text} for reply in message.replies],
        }
        for message in messages
    ]
    yield json.dumps({"messages": told}, ensure_ascii=False, indent=2).encode()
