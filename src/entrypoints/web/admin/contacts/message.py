"""One message: reading, keeping in order, answering."""

from collections.abc import Mapping
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from litestar.params import FromPath
from litestar_htmx import HTMXHeaders
from pydantic import Field

from core.contacts.entities import MessageState, MessageWishes
from core.contacts.use_cases.change_messages import ChangeMessages
from core.contacts.use_cases.edit_message import EditMessage
from core.contacts.use_cases.reply_to_message import ReplyToMessage
from core.contacts.use_cases.restore_messages import RestoreMessages
from core.contacts.use_cases.show_message import ShowMessage
from core.contacts.use_cases.trash_messages import TrashMessages
from core.errors import Conflict, Invalid, StaleVersion
from core.identity import UserId
from core.text import N_
from core.transaction import Transaction
from entrypoints.web.admin.contacts.shapes import message_page, message_values
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Form
from entrypoints.web.views.contacts import INBOX

ONE = f"{INBOX}/messages/{{message_id:str}}"
NEWS = "news"
"""Tells the desk's menu to count again."""
STALE = N_("Somebody changed this message meanwhile. Look at it again; what you typed is still here.")


class MessageForm(WebForm):
    state: MessageState
    note: str = ""
    assignee_id: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    @property
    def wishes(self) -> MessageWishes:
        note = self.note.replace("\r\n", "\n")
        return MessageWishes(state=self.state, note=note, assignee_id=UserId(self.assignee_id) or None)


class ReplyForm(WebForm):
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageDesk:
    """The page of a message, as it is kept or with what was typed."""

    pages: Pages
    show_message: ShowMessage
    transaction: Transaction

    async def show(
        self, message_id: str, *, form: Form | None = None, reply: Form | None = None, status: int = 200
    ) -> Page:
        found = await self.show_message(message_id)
        if form is not None:
            fresh = {**message_values(found.message), **form.values, "version": str(found.message.version)}
            form = Form(values=fresh, errors=form.errors, message=form.message)
        page = message_page(found, self.pages.catalogue, form=form, reply=reply)
        return self.pages.show("admin/contacts/message.html", page, status=status)

    async def refused(
        self, message_id: str, values: Mapping[str, str], error: Invalid | Conflict, *, is_reply: bool
    ) -> Page:
        await self.transaction.rest()
        catalogue = self.pages.catalogue
        if isinstance(error, Invalid):
            form = shown(values, catalogue=catalogue, problems=error.problems)
        else:
            said = catalogue.gettext(STALE) if isinstance(error, StaleVersion) else catalogue.error(error)
            form = shown(values, catalogue=catalogue, message=said)
        status = 422 if isinstance(error, Invalid) else 409
        if is_reply:
            return await self.show(message_id, reply=form, status=status)
        return await self.show(message_id, form=form, status=status)


@get(ONE)
@inject
async def show(message_id: FromPath[str], show_message: FromDishka[ShowMessage], desk: FromDishka[MessageDesk]) -> Page:
    del show_message
    return await desk.show(message_id)


@post(ONE)
@inject
async def update(
    request: WebRequest, message_id: FromPath[str], edit: FromDishka[EditMessage], desk: FromDishka[MessageDesk]
) -> Page:
    values = await typed(request)
    form = parsed(MessageForm, values)
    try:
        await edit(message_id, form.wishes, expected=form.expected)
    except (Invalid, Conflict) as error:
        typed_in = {"note": "", "state": "", "assignee_id": "", **values}
        return await desk.refused(message_id, typed_in, error, is_reply=False)
    return desk.pages.redirect(f"{INBOX}/messages/{message_id}", done=Done.SAVED)


@post(f"{ONE}/reading", status_code=200)
@inject
async def reading(
    message_id: FromPath[str],
    show_message: FromDishka[ShowMessage],
    change: FromDishka[ChangeMessages],
    desk: FromDishka[MessageDesk],
) -> Page:
    """Sent by the page itself when it is there: asking for a page changes nothing, a browser that shows it does."""
    if (await show_message(message_id)).message.state is MessageState.UNREAD:
        await change([message_id], MessageState.READ)
    page = message_page(await show_message(message_id), desk.pages.catalogue, form=None, reply=None)
    headers = {HTMXHeaders.TRIGGER_AFTER_SETTLE.value: NEWS}
    return desk.pages.fragment("admin/contacts/_keeping.html", headers=headers, page=page)


@post(f"{ONE}/reply")
@inject
async def reply(
    request: WebRequest, message_id: FromPath[str], answer: FromDishka[ReplyToMessage], desk: FromDishka[MessageDesk]
) -> Page:
    values = await typed(request)
    form = parsed(ReplyForm, values)
    try:
        await answer(message_id, form.text.replace("\r\n", "\n"))
    except (Invalid, Conflict) as error:
        return await desk.refused(message_id, {"text": "", **values}, error, is_reply=True)
    return desk.pages.redirect(f"{INBOX}/messages/{message_id}", done=Done.MESSAGE_ANSWERED)


@post(f"{ONE}/trash")
@inject
async def trash(
    message_id: FromPath[str],
    show_message: FromDishka[ShowMessage],
    throw_away: FromDishka[TrashMessages],
    pages: FromDishka[Pages],
) -> Page:
    message = (await show_message(message_id)).message
    await throw_away([message.id])
    return pages.redirect(INBOX, done=Done.MESSAGE_TRASHED, about=message.id)


@post(f"{ONE}/restoration")
@inject
async def restoration(
    message_id: FromPath[str],
    show_message: FromDishka[ShowMessage],
    restore: FromDishka[RestoreMessages],
    pages: FromDishka[Pages],
) -> Page:
    message = (await show_message(message_id)).message
    await restore([message.id])
    return pages.redirect(f"{INBOX}/messages/{message.id}", done=Done.RESTORED)
