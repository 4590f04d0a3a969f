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
    WITHDRAWN = "withdrawn"
    TRASHED = "trashed"
    RESTORED = "restored"
    SAVED = "saved"
    MEDIA_SAVED = "media-saved"
    MEDIA_REPLACED = "media-replaced"
    MEDIA_DELETED = "media-deleted"
    SIGNED_OUT = "signed-out"
    WELCOME = "welcome"


_SENTENCES = {
    Done.PUBLISHED: N_("Published."),
    Done.WITHDRAWN: N_("Withdrawn: only the desk sees it now."),
    Done.TRASHED: N_("Moved to the trash."),
    Done.RESTORED: N_("Taken back from the trash."),
    Done.SAVED: N_("Saved."),
    Done.MEDIA_SAVED: N_("The description is saved."),
    Done.MEDIA_REPLACED: N_("The new picture is in its place."),
    Done.MEDIA_DELETED: N_("The file is deleted."),
    Done.SIGNED_OUT: N_("You are signed out."),
    Done.WELCOME: N_("Welcome. This is your desk."),
}
_VALUE = re.compile(r"([a-z-]{1,20})(?:\.([0-9a-f]{32}))?")


def notice_value(done: Done, about: str = "") -> str:
    return f"{done}.{about}" if about else str(done)


def notice_of(value: str | None, catalogue: Catalogue) -> Notice | None:
    """The notice that a cookie's *value* names; trashing can be undone from it."""
    found = _VALUE.fullmatch(value or "")
    if found is None or found[1] not in _SENTENCES:
        return None
    done = Done(found[1])
    undo_url = f"/admin/trash/{found[2]}/restoration" if done is Done.TRASHED and found[2] else ""
    return Notice(text=catalogue.gettext(_SENTENCES[done]), undo_url=undo_url)
