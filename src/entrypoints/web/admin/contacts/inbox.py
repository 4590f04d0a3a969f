"""The inbox: its folders, and what is done to several messages at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post

from core.access import Action
from core.contacts.entities import MessageState
from core.contacts.storage import Folder, MessageQuery
from core.contacts.use_cases.change_messages import ChangeMessages
from core.contacts.use_cases.count_messages import CountMessages
from core.contacts.use_cases.list_messages import ListMessages
from core.contacts.use_cases.restore_messages import RestoreMessages
from core.contacts.use_cases.trash_messages import TrashMessages
from core.errors import Invalid
from core.identity import UserId
from core.text import N_
from entrypoints.web.addresses import with_query
from entrypoints.web.admin.contacts.shapes import folder_tabs, message_item, names_of
from entrypoints.web.forms import WebForm, parsed, typed
from entrypoints.web.lists import page_number, pagination, searched
from entrypoints.web.notices import Done
from entrypoints.web.pages.contacts.form import SECTION
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice
from entrypoints.web.views.contacts import INBOX, InboxPage, UnreadFragment

Deed = Literal["read", "unread", "archived", "spam", "trash", "restore"]
DEEDS: Mapping[Deed, str] = {
    "read": N_("Mark as read"),
    "unread": N_("Mark as unread"),
    "archived": N_("Archive"),
    "spam": N_("It is spam"),
    "trash": N_("Move to the trash"),
    "restore": N_("Take back"),
}
_BOX = "message-"
_ID_LENGTH = 64


class SelectionForm(WebForm):
    """The boxes are ``message-<id>``; the rest is the list to come back to."""

    deed: Deed
    back_folder: str = ""
    back_q: str = ""
    back_assignee: str = ""

    @property
    def query(self) -> MessageQuery:
        return query_of(self.back_folder, self.back_q, self.back_assignee)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxDesk:
    """The list of a folder."""

    pages: Pages

    async def show(
        self,
        list_messages: ListMessages,
        query: MessageQuery,
        *,
        number: int = 1,
        message: str = "",
        chosen: frozenset[str] = frozenset(),
    ) -> Page:
        found, catalogue = await list_messages(query, number=number), self.pages.catalogue
        names = names_of(found.members)
        page = InboxPage(
            messages=tuple(message_item(one, names) for one in found.page.items),
            pagination=pagination(found.page, INBOX, **back_of(query)),
            folder=query.folder.value,
            tabs=folder_tabs(found.counts, catalogue),
            query=query.text,
            assignee=query.assignee_id or "",
            members=tuple(Choice(value=key, label=name) for key, name in names.items()),
            deeds=tuple(Choice(value=deed, label=catalogue.gettext(DEEDS[deed])) for deed in self._deeds(query.folder)),
            chosen=chosen,
            message=message,
            is_shown=SECTION in self.pages.settings.sections,
        )
        if self.pages.wants_fragment:
            return self.pages.fragment("admin/contacts/_list.html", page=page)
        return self.pages.show("admin/contacts/index.html", page, status=422 if message else 200)

    def _deeds(self, folder: Folder) -> tuple[Deed, ...]:
        """What can be done with messages of *folder* by whoever looks."""
        can = self.pages.access.can
        if folder is Folder.TRASH:
            return ("restore",) if can(Action.DELETE_MESSAGE) else ()
        found: tuple[Deed, ...] = ("read", "unread", "archived", "spam") if can(Action.EDIT_MESSAGE) else ()
        return (*found, "trash") if can(Action.DELETE_MESSAGE) else found


def query_of(folder: str, text: str, assignee: str) -> MessageQuery:
    known = next((one for one in Folder if one.value == folder), Folder.INBOX)
    return MessageQuery(folder=known, text=searched(text), assignee_id=UserId(assignee[:_ID_LENGTH]) or None)


def back_of(query: MessageQuery) -> dict[str, str]:
    folder = "" if query.folder is Folder.INBOX else query.folder.value
    return {"folder": folder, "q": query.text, "assignee": query.assignee_id or ""}


@get(INBOX)
@inject
async def index(request: WebRequest, list_messages: FromDishka[ListMessages], desk: FromDishka[InboxDesk]) -> Page:
    asked = request.query_params
    query = query_of(asked.get("folder", ""), asked.get("q", ""), asked.get("assignee", ""))
    return await desk.show(list_messages, query, number=page_number(asked.get("page")))


@get(f"{INBOX}/unread")
@inject
async def unread(count: FromDishka[CountMessages], pages: FromDishka[Pages]) -> Page:
    """For the desk's menu, which asks again when it has changed."""
    return pages.fragment("admin/contacts/_unread.html", page=UnreadFragment(waiting=(await count())[Folder.UNREAD]))


@post(f"{INBOX}/selection", status_code=200)
@inject
async def selection(
    request: WebRequest,
    change: FromDishka[ChangeMessages],
    trash: FromDishka[TrashMessages],
    restore: FromDishka[RestoreMessages],
    list_messages: FromDishka[ListMessages],
    desk: FromDishka[InboxDesk],
) -> Page:
    values = await typed(request)
    form = parsed(SelectionForm, values)
    chosen = [name.removeprefix(_BOX) for name in values if name.startswith(_BOX)]
    try:
        if form.deed == "trash":
            done, count = Done.MESSAGES_TRASHED, await trash(chosen)
        elif form.deed == "restore":
            done, count = Done.MESSAGES_RESTORED, await restore(chosen)
        else:
            done, count = Done.MESSAGES_MOVED, await change(chosen, MessageState(form.deed))
    except Invalid as error:
        message = " ".join(desk.pages.catalogue.problem(problem) for problem in error.problems)
        return await desk.show(list_messages, form.query, message=message, chosen=frozenset(chosen))
    return desk.pages.redirect(with_query(INBOX, **back_of(form.query)), done=done, count=count)
