"""Messages as the desk shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.contacts.entities import (
    NOTE_LENGTH,
    REPLY_LENGTH,
    Member,
    Message,
    MessageState,
    SpamReason,
)
from core.contacts.storage import Folder
from core.contacts.use_cases.show_message import ShownMessage
from core.text import N_
from entrypoints.http.translations import Catalogue
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.contacts import FolderTab, LabelledText, MessageItem, MessagePage, ReplyItem

SNIPPET = 160
FOLDERS = {
    Folder.INBOX: N_("Inbox"),
    Folder.UNREAD: N_("Unread"),
    Folder.READ: N_("Read"),
    Folder.ANSWERED: N_("Answered"),
    Folder.ARCHIVED: N_("Archived"),
    Folder.SPAM: N_("Spam"),
    Folder.TRASH: N_("Trash"),
}
REASONS = {
    SpamReason.TRAP: N_("A field was filled in that people do not see."),
    SpamReason.QUICK: N_("It was written faster than anybody types."),
    SpamReason.NO_STAMP: N_("It did not come by the form."),
    SpamReason.NO_WORK: N_("The browser did no proof of work: perhaps JavaScript is off."),
    SpamReason.WRONG_WORK: N_("The proof of work was wrong, or had been used before."),
    SpamReason.REPEATED: N_("The same words came before."),
    SpamReason.LINKS: N_("There are links in it."),
    SpamReason.MARKUP: N_("There is code for links in it."),
    SpamReason.LINK_IN_NAME: N_("The name holds a link."),
}


def folder_tabs(counts: Mapping[Folder, int], catalogue: Catalogue) -> tuple[FolderTab, ...]:
    return tuple(
        FolderTab(key=folder.value, label=catalogue.gettext(label), count=counts[folder])
        for folder, label in FOLDERS.items()
    )


def message_item(message: Message, members: Mapping[str, str]) -> MessageItem:
    words = " ".join(message.text.split())
    return MessageItem(
        id=message.id,
        name=message.name,
        snippet=words if len(words) <= SNIPPET else f"{words[:SNIPPET].rstrip()}…",
        received_at=message.received_at,
        state=message.state.value,
        is_unread=message.state is MessageState.UNREAD,
        way=next(iter(message.ways), ""),
        assignee=members.get(message.assignee_id or "", ""),
        has_note=bool(message.note),
    )


def names_of(members: Sequence[Member]) -> dict[str, str]:
    return {member.id: member.name for member in members}


def message_page(found: ShownMessage, catalogue: Catalogue, *, form: Form | None, reply: Form | None) -> MessagePage:
    message, say = found.message, catalogue.gettext
    return MessagePage(
        id=message.id,
        version=message.version,
        name=message.name,
        text=message.text,
        received_at=message.received_at,
        ends_at=found.ends_at,
        state=message.state.value,
        form=form or Form(values=message_values(message)),
        reply=reply or Form(values={"text": ""}),
        email=message.email,
        telegram=message.telegram,
        telegram_url=f"https://t.me/{message.telegram[1:]}" if message.telegram.startswith("@") else "",
        other=message.other,
        extra=tuple(LabelledText(label=extra.label, text=extra.value) for extra in message.extra),
        consent=message.consent,
        reasons=tuple(say(REASONS[reason]) for reason in message.reasons),
        replies=tuple(ReplyItem(at=one.at, by_name=one.by_name, text=one.text) for one in reversed(message.replies)),
        states=tuple(Choice(value=state.value, label=say(FOLDERS[Folder(state.value)])) for state in MessageState),
        members=_members(found, catalogue),
        is_trashed=message.trashed_at is not None,
        limits={"note": NOTE_LENGTH, "reply": REPLY_LENGTH},
    )


def _members(found: ShownMessage, catalogue: Catalogue) -> tuple[Choice, ...]:
    """Those to whom it can be given, and who has it though she left."""
    names, assignee = names_of(found.members), found.message.assignee_id
    if assignee and assignee not in names:
        names[assignee] = catalogue.gettext(N_("Somebody who left"))
    nobody = Choice(value="", label=catalogue.gettext(N_("Nobody")))
    return (nobody, *(Choice(value=key, label=name) for key, name in names.items()))


def message_values(message: Message) -> dict[str, str]:
    return {
        "state": message.state.value,
        "note": message.note,
        "assignee_id": message.assignee_id or "",
        "version": str(message.version),
    }
