"""The site's log: lines of all kinds, and none."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from entrypoints.http.audit_words import ChangeWords
from entrypoints.web import views
from entrypoints.web.views import audit

CHANGES = (
    ChangeWords(name="Title", before="A <b>", after="B & C"),
    ChangeWords(name="Status", before="", after="Published"),
    ChangeWords(name="Valid until", before="2026", after=""),
)
DONE = audit.AuditLine(
    id="a1",
    at=datetime(2026, 11, 3, 9, 5, tzinfo=UTC),
    what="Text published",
    label="Hello <world>",
    who="Anna",
    role="Owner",
    is_refused=False,
    reason="",
    changes=CHANGES,
    who_url="/admin/audit?person=1",
    about_url="/admin/audit?subject=2",
    client="9f86d081884c7d65",
    request_id="2c26b46b68ffc68ff99b453c1d304134",
    has_token=True,
)
REFUSED = replace(DONE, id="a2", what="Sign-in refused", is_refused=True, reason="Wrong.", changes=(), about_url="")
BARE = replace(REFUSED, id="a3", label="", role="", reason="", who_url="", client="", request_id="", has_token=False)
CHOICES = (views.Choice(value="", label="All"), views.Choice(value="done", label="Done"))
FULL = audit.AuditPage(
    lines=(DONE, REFUSED, BARE),
    values=views.Form(values={"outcome": "done", "subject": "2", "since": "2026-11-01"}),
    is_filtered=True,
    older_url="/admin/audit?cursor=x",
    newest_url="/admin/audit",
    people=CHOICES,
    actions=CHOICES,
    outcomes=CHOICES,
    exports=CHOICES,
    may_edit=True,
    keeping=views.Form(values={"days": "3"}, errors={"days": "No."}, message="No."),
)
EMPTY = replace(
    FULL,
    lines=(),
    values=views.Form(),
    is_filtered=False,
    older_url="",
    newest_url="",
    exports=(),
    may_edit=False,
    keeping=views.Form(),
)
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    yield "admin/audit/index.html", audit.AUDIT, FULL, EMPTY
    yield "admin/audit/_list.html", audit.AUDIT, FULL, replace(EMPTY, is_filtered=True)
