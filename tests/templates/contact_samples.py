"""The form by which visitors write, and the inbox: full, empty and refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from markupsafe import Markup

from entrypoints.web import views
from entrypoints.web.views import contacts
from entrypoints.web.views.site import MenuItem

NOW = datetime(2026, 11, 3, 9, 5, tzinfo=UTC)
LIMITED = ("consent", "email", "extra", "label", "name", "note", "other", "reply", "telegram", "text")
LIMITS = dict.fromkeys(LIMITED, 300)
CHOICES = (views.Choice(value="a", label="One <of> two"), views.Choice(value="b", label="Two"))
ASKED = tuple(
    contacts.AskedField(name=f"extra-{kind}", label=f"A {kind}?", kind=kind, is_required=True, choices=CHOICES)
    for kind in ("line", "text", "choice")
)
NAMES = ("name", "email", "telegram", "other", "text", "consent", "extra-line", "extra-text", "extra-choice")
REFUSED = views.Form(values=dict.fromkeys(NAMES, "x"), errors=dict.fromkeys(NAMES, "No."), message="No.")
MESSAGE = contacts.MessageItem(
    id="m1", name="Vera <K.>", snippet="Salut!", received_at=NOW, state="unread", is_unread=True
)
KNOWN = replace(MESSAGE, id="m2", state="read", is_unread=False, way="@vera_k", assignee="Eve", has_note=True)
MANY = views.Pagination(number=2, last=3, total=120, previous_url="?page=1", next_url="?page=3")
ONE = views.Pagination(number=1, last=1, total=0)
TABS = tuple(
    contacts.FolderTab(key=key, label=key.title(), count=count)
    for count, key in enumerate(("inbox", "unread", "read", "answered", "archived", "spam", "trash"))
)
BARE = contacts.MessagePage(
    id="m1",
    version=1,
    name="Vera",
    text="Salut!",
    received_at=NOW,
    ends_at=NOW,
    state="unread",
    form=views.Form(),
    reply=views.Form(),
    limits=LIMITS,
)
WHOLE = replace(
    BARE,
    state="spam",
    form=views.Form(values={"note": "x"}, errors={"note": "No."}, message="No."),
    reply=views.Form(values={"text": "x"}, errors={"text": "No."}, message="No."),
    email="vera@example.org",
    telegram="@vera_k",
    telegram_url="https://t.me/vera_k",
    other="Post office box 7",
    extra=(contacts.LabelledText(label="Since when?", text="1999"),),
    consent="I agree.",
    reasons=("It has many links.",),
    replies=(contacts.ReplyItem(at=NOW, by_name="Eve", text="Thank you."),),
    states=CHOICES,
    members=CHOICES,
)
ROW = contacts.FieldRow(number=0, key="since", label="Since when?", kind="choice", choices="a\nb", is_required=True)
Pair = tuple[str, str, object, object]


def pairs() -> Iterator[Pair]:
    """Template, path, a page with everything, a page with as little as it may have."""
    form = contacts.ContactPage(form=views.Form(), is_open=True, stamp="1.x", limits=LIMITS)
    asking = replace(form, form=REFUSED, fields=ASKED, consent_html=Markup("<p>Yes.</p>"), work_bits=14, days=90)
    ways = (MenuItem(label="Telegram", url="https://t.me/anna"),)
    yield "contacts/index.html", "/contacts", replace(asking, ways=ways), form
    yield "contacts/index.html", "/contacts", replace(form, is_open=False, ways=ways), replace(form, is_open=False)
    inbox = contacts.InboxPage(messages=(), pagination=ONE, folder="inbox", tabs=TABS)
    for folder in ("inbox", "spam", "trash"):
        lists = replace(inbox, messages=(MESSAGE, KNOWN), pagination=MANY, folder=folder, query="x", members=CHOICES)
        full = replace(lists, deeds=CHOICES, chosen=frozenset({"m1"}), message="No.", is_shown=False)
        for template in ("admin/contacts/index.html", "admin/contacts/_list.html"):
            yield template, contacts.INBOX, full, replace(inbox, folder=folder)
    for template in ("admin/contacts/message.html", "admin/contacts/_keeping.html"):
        yield template, BARE.desk_url, WHOLE, BARE
    yield "admin/contacts/message.html", BARE.desk_url, replace(WHOLE, is_trashed=True), replace(BARE, state="read")
    yield (
        "admin/contacts/_unread.html",
        contacts.INBOX,
        contacts.UnreadFragment(waiting=120),
        contacts.UnreadFragment(waiting=0),
    )
    yield from _others()


def _others() -> Iterator[Pair]:
    again = views.Form(values={"address": "x"}, errors={"address": "No.", "again": "No."}, message="No.")
    address = contacts.AddressPage(address="vera@example.org", form=again, messages=(MESSAGE, KNOWN))
    nothing = contacts.AddressPage(address="", form=views.Form(), is_found=False)
    yield "admin/contacts/address.html", contacts.INBOX, address, nothing
    yield "admin/contacts/address.html", contacts.INBOX, replace(address, messages=()), nothing
    wrong = views.Form(values={"consent": "x"}, errors={"consent": "No.", "days": "No."}, message="No.")
    told = (contacts.ToldChoice(id="u1", name="Eve", email="eve@anna.example", is_chosen=True),)
    rows = (ROW, replace(ROW, number=1, label_error="No.", choices_error="No.", is_required=False))
    bare = contacts.ContactSettingsPage(
        form=views.Form(), rows=(), kinds=CHOICES, members=(), is_shown=False, limits=LIMITS
    )
    full = replace(bare, form=wrong, rows=rows, members=told, is_shown=True)
    yield "admin/contacts/settings.html", f"{contacts.INBOX}/settings", full, bare
