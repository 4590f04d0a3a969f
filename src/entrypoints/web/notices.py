"""One sentence above the page after a redirect, by its name in a cookie: nobody can put words into our mouth."""

from __future__ import annotations

import re
from enum import StrEnum

from core.text import N_
from entrypoints.http.translations import Catalogue
from entrypoints.web.views import Notice


class Done(StrEnum):
    """What has just been done."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    KEPT_ASIDE = "kept-aside"
    COPY_DISCARDED = "copy-discarded"
    WITHDRAWN = "withdrawn"
    TRASHED = "trashed"
    RESTORED = "restored"
    SAVED = "saved"
    MEDIA_SAVED = "media-saved"
    MEDIA_REPLACED = "media-replaced"
    MEDIA_DELETED = "media-deleted"
    REVISION_RESTORED = "revision-restored"
    PREVIEW_MADE = "preview-made"
    PREVIEW_REVOKED = "preview-revoked"
    TAGS_MERGED = "tags-merged"
    TAGS_DELETED = "tags-deleted"
    SERIES_RENAMED = "series-renamed"
    SERIES_DISSOLVED = "series-dissolved"
    ALL_PUBLISHED = "all-published"
    ALL_WITHDRAWN = "all-withdrawn"
    ALL_TRASHED = "all-trashed"
    ALL_TAGGED = "all-tagged"
    ALL_UNTAGGED = "all-untagged"
    SUGGESTED = "suggested"
    QUESTION_ADDED = "question-added"
    QUESTION_TRASHED = "question-trashed"
    QUESTION_MOVED = "question-moved"
    QUESTION_HIDDEN = "question-hidden"
    QUESTIONS_CHANGED = "questions-changed"
    QUESTIONS_RESTORED = "questions-restored"
    QUESTIONS_ORDERED = "questions-ordered"
    SHEET_ADDED = "sheet-added"
    ORDER_SAVED = "order-saved"
    PLACE_MOVED = "place-moved"
    PLACE_MERGED = "place-merged"
    PLACE_DELETED = "place-deleted"
    RESOURCE_ADDED = "resource-added"
    RESOURCES_MERGED = "resources-merged"
    RESOURCE_DELETED = "resource-deleted"
    CHECK_ASKED = "check-asked"
    LINK_CHECK_ASKED = "link-asked"
    SUGGESTION_ACCEPTED = "suggestion-accepted"
    SUGGESTION_REJECTED = "suggestion-rejected"
    MESSAGE_SENT = "message-sent"
    MESSAGE_TRASHED = "message-trashed"
    MESSAGE_ANSWERED = "message-answered"
    MESSAGES_MOVED = "messages-moved"
    MESSAGES_TRASHED = "messages-trashed"
    MESSAGES_RESTORED = "messages-restored"
    ADDRESS_ERASED = "address-erased"
    TOKENS_REVOKED = "token-revoked"
    ROLE_ADDED = "role-added"
    ROLE_DELETED = "role-deleted"
    RIGHTS_SAVED = "rights-saved"
    SIGNED_OUT = "signed-out"
    WELCOME = "welcome"
    RESET_ASKED = "reset-asked"
    PASSWORD_RESET = "password-reset"  # noqa: S105 - a notice's name, no password
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - as above
    EMAIL_ASKED = "email-asked"
    EMAIL_CHANGED = "email-changed"
    SESSION_ENDED = "session-ended"
    SESSIONS_ENDED = "sessions-ended"
    INVITED = "invited"
    INVITATION_REVOKED = "invitation-revoked"
    ROLE_SET = "role-set"
    PERSON_DISABLED = "person-disabled"
    PERSON_ENABLED = "person-enabled"
    PERSON_DELETED = "person-deleted"
    APP_ADDED = "app-added"
    PASSKEY_ADDED = "passkey-added"
    FACTOR_REMOVED = "factor-removed"
    FACTORS_RESET = "factors-reset"
    WEBHOOK_PAUSED = "webhook-paused"
    WEBHOOK_RESUMED = "webhook-resumed"
    WEBHOOK_DELETED = "webhook-deleted"
    EVENT_SENT = "event-sent"


_SENTENCES = {
    Done.PUBLISHED: N_("Published."),
    Done.SCHEDULED: N_("Scheduled: nobody sees it before its time."),
    Done.KEPT_ASIDE: N_("Kept aside: readers see nothing of it until you save."),
    Done.COPY_DISCARDED: N_("Discarded: this is the text that readers see."),
    Done.WITHDRAWN: N_("Withdrawn: only the desk sees it now."),
    Done.TRASHED: N_("Moved to the trash."),
    Done.RESTORED: N_("Taken back from the trash."),
    Done.SAVED: N_("Saved."),
    Done.MEDIA_SAVED: N_("The description is saved."),
    Done.MEDIA_REPLACED: N_("The new picture is in its place."),
    Done.MEDIA_DELETED: N_("The file is deleted."),
    Done.REVISION_RESTORED: N_("This is the earlier text again; what stood until now is among its versions."),
    Done.PREVIEW_MADE: N_("The link is ready to be copied."),
    Done.PREVIEW_REVOKED: N_("The link shows nothing any more."),
    Done.TAGS_MERGED: N_("Texts that have another tag now: %(count)d."),
    Done.TAGS_DELETED: N_("Texts that have a tag less now: %(count)d."),
    Done.SERIES_RENAMED: N_("Texts whose series is called otherwise now: %(count)d."),
    Done.SERIES_DISSOLVED: N_("Texts that are in no series any more: %(count)d."),
    Done.ALL_PUBLISHED: N_("Published: %(count)d."),
    Done.ALL_WITHDRAWN: N_("Withdrawn: %(count)d."),
    Done.ALL_TRASHED: N_("Moved to the trash: %(count)d."),
    Done.ALL_TAGGED: N_("Texts that have the tag now: %(count)d."),
    Done.ALL_UNTAGGED: N_("Texts that lost the tag: %(count)d."),
    Done.SUGGESTED: N_("Thank you: the owner has your question now."),
    Done.QUESTION_ADDED: N_("Added as a draft. The next one?"),
    Done.QUESTION_TRASHED: N_("Moved to the trash."),
    Done.QUESTION_MOVED: N_("Moved. Here it stands now."),
    Done.QUESTION_HIDDEN: N_("Moved. It left public view, because it has no grade now."),
    Done.QUESTIONS_CHANGED: N_("Questions changed: %(count)d."),
    Done.QUESTIONS_RESTORED: N_("Taken back from the trash: %(count)d."),
    Done.QUESTIONS_ORDERED: N_("The new order is kept."),
    Done.SHEET_ADDED: N_("The sheet is there. Now its sections."),
    Done.ORDER_SAVED: N_("This is the order now."),
    Done.PLACE_MOVED: N_("Moved, with all its questions."),
    Done.PLACE_MERGED: N_("They are one now."),
    Done.PLACE_DELETED: N_("Deleted."),
    Done.RESOURCE_ADDED: N_("It is in the library."),
    Done.RESOURCES_MERGED: N_("They are one now. Questions that changed: %(count)d."),
    Done.RESOURCE_DELETED: N_("Deleted. Questions that have a resource less now: %(count)d."),
    Done.CHECK_ASKED: N_("The links are being checked. What is found stands here in a minute: load the page again."),
    Done.LINK_CHECK_ASKED: N_("The link is being checked. What is found stands here in a minute: load the page again."),
    Done.SUGGESTION_ACCEPTED: N_("Accepted: it is a draft now."),
    Done.SUGGESTION_REJECTED: N_("Put aside."),
    Done.MESSAGE_SENT: N_("Thank you: your message has arrived."),
    Done.MESSAGE_TRASHED: N_("Moved to the trash."),
    Done.MESSAGE_ANSWERED: N_("Your answer is on its way."),
    Done.MESSAGES_MOVED: N_("Messages moved: %(count)d."),
    Done.MESSAGES_TRASHED: N_("Moved to the trash: %(count)d."),
    Done.MESSAGES_RESTORED: N_("Taken back from the trash: %(count)d."),
    Done.ADDRESS_ERASED: N_("Messages erased for good: %(count)d."),
    Done.TOKENS_REVOKED: N_("The token is worthless from now on."),
    Done.ROLE_ADDED: N_("The role is there. Now decide what it may do."),
    Done.ROLE_DELETED: N_("The role is deleted."),
    Done.RIGHTS_SAVED: N_("Saved: it holds from now on."),
    Done.SIGNED_OUT: N_("You are signed out."),
    Done.WELCOME: N_("Welcome. This is your desk."),
    Done.RESET_ASKED: N_("If this address belongs to somebody here, a letter with a link is on its way."),
    Done.PASSWORD_RESET: N_("The new password is set, and all sessions have ended. Sign in with it."),
    Done.PASSWORD_CHANGED: N_("The new password is set, and your other sessions have ended."),
    Done.EMAIL_ASKED: N_("A letter is on its way to the new address: the link in it confirms that it is yours."),
    Done.EMAIL_CHANGED: N_("From now on this is your address for signing in."),
    Done.SESSION_ENDED: N_("That session has ended."),
    Done.SESSIONS_ENDED: N_("Other sessions that have ended: %(count)d."),
    Done.INVITED: N_("The invitation is on its way by mail."),
    Done.INVITATION_REVOKED: N_("The invitation is taken back: its link leads nowhere."),
    Done.ROLE_SET: N_("The role is changed, at once and everywhere."),
    Done.PERSON_DISABLED: N_("Shut out: all sessions and tokens have ended."),
    Done.PERSON_ENABLED: N_("Let in again: the old password signs in, tokens are to be made anew."),
    Done.PERSON_DELETED: N_("Deleted."),
    Done.APP_ADDED: N_("From now on your app's code is asked for after the password."),
    Done.PASSKEY_ADDED: N_("From now on this passkey signs you in, without a password."),
    Done.FACTOR_REMOVED: N_("Removed: it opens nothing any more."),
    Done.FACTORS_RESET: N_("Taken away: the password alone signs in again, and all sessions have ended."),
    Done.WEBHOOK_PAUSED: N_("Paused: nothing is sent until somebody resumes it."),
    Done.WEBHOOK_RESUMED: N_("Switched on: what happens from now on is sent."),
    Done.WEBHOOK_DELETED: N_("Deleted."),
    Done.EVENT_SENT: N_("On its way: the answer stands here in a moment."),
}
_COUNTED = frozenset(done for done, sentence in _SENTENCES.items() if "%(count)d" in sentence)
_UNDO = {
    Done.TRASHED: "/admin/trash/{}/restoration",
    Done.QUESTION_TRASHED: "/admin/matrix/questions/{}/restoration",
    Done.MESSAGE_TRASHED: "/admin/contacts/messages/{}/restoration",
}
_VALUE = re.compile(r"([a-z]{1,20}(?:-[a-z]{1,20})?)(?:\.([0-9a-f]{32})|-([0-9]{1,6}))?")


def notice_value(done: Done, about: str = "", count: int | None = None) -> str:
    if count is not None:
        return f"{done}-{count}"
    return f"{done}.{about}" if about else str(done)


def notice_of(value: str | None, catalogue: Catalogue) -> Notice | None:
    """The notice that a cookie's *value* names; trashing can be undone from it."""
    found = _VALUE.fullmatch(value or "")
    if found is None or found[1] not in _SENTENCES:
        return None
    done = Done(found[1])
    undo_url = _UNDO[done].format(found[2]) if done in _UNDO and found[2] else ""
    text = catalogue.gettext(_SENTENCES[done])
    return Notice(text=text % {"count": int(found[3] or 0)} if done in _COUNTED else text, undo_url=undo_url)
