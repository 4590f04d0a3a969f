"""What the owner decides about the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dishka.integrations.litestar import FromDishka, inject
from litestar import get, post
from pydantic import Field

from core.access import Action
from core.contacts.form import (
    CONSENT_LENGTH,
    FIELDS_MAX,
    LABEL_LENGTH,
    ContactForm,
    ContactWishes,
    ExtraField,
    FieldKind,
)
from core.contacts.use_cases.edit_contacts import EditContacts
from core.contacts.use_cases.show_contact_settings import ShowContactSettings
from core.errors import Invalid, StaleVersion
from core.identity import UserId
from core.text import N_
from core.transaction import Transaction
from entrypoints.web.forms import WebForm, parsed, shown, typed
from entrypoints.web.notices import Done
from entrypoints.web.pages.contacts.form import SECTION
from entrypoints.web.rendering import Page, Pages, WebRequest
from entrypoints.web.views import Choice, Form
from entrypoints.web.views.contacts import INBOX, ContactSettingsPage, FieldRow, ToldChoice

SETTINGS = f"{INBOX}/settings"
YES = "yes"
STALE = N_("Somebody saved other settings meanwhile. Here are yours: save again to replace the others by them.")
KINDS = {
    FieldKind.LINE: N_("One line"),
    FieldKind.TEXT: N_("Several lines"),
    FieldKind.CHOICE: N_("A choice"),
}
ROWS_READ = 2 * FIELDS_MAX
NO_DAYS = -1
_TOLD = "told-"


class ContactsForm(WebForm):
    """Rows are ``field-N-label`` and so on; boxes of those who are told ``told-<id>``."""

    is_open: str = ""
    consent: str = ""
    retention_days: str = ""
    tells_owners: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def wishes(self, rows: Sequence[Mapping[str, str]], values: Mapping[str, str]) -> ContactWishes:
        days = self.retention_days.strip()
        told = (name.removeprefix(_TOLD) for name, value in values.items() if name.startswith(_TOLD) and value == YES)
        return ContactWishes(
            is_open=self.is_open == YES,
            fields=tuple(map(_field, rows)),
            consent=self.consent.replace("\r\n", "\n"),
            retention_days=int(days) if days.isascii() and days.isdigit() and len(days) < 7 else NO_DAYS,
            tells_owners=self.tells_owners == YES,
            told=tuple(UserId(one) for one in told),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSettingsDesk:
    pages: Pages
    show_settings: ShowContactSettings
    transaction: Transaction

    async def show(self, values: Mapping[str, str] | None = None, form: Form | None = None, status: int = 200) -> Page:
        found = await self.show_settings()
        kept = values if values is not None else settings_values(found.form)
        form = form or Form(values=kept)
        form = Form(
            values={**form.values, "version": str(found.form.version)}, errors=form.errors, message=form.message
        )
        told = {name.removeprefix(_TOLD) for name, value in kept.items() if name.startswith(_TOLD) and value}
        page = ContactSettingsPage(
            form=form,
            rows=field_rows(rows_of(kept), form),
            kinds=tuple(Choice(value=kind.value, label=self.pages.catalogue.gettext(KINDS[kind])) for kind in KINDS),
            members=tuple(
                ToldChoice(id=one.id, name=one.name, email=one.email, is_chosen=one.id in told) for one in found.members
            ),
            is_shown=SECTION in self.pages.settings.sections,
            limits={"consent": CONSENT_LENGTH, "label": LABEL_LENGTH},
        )
        return self.pages.show("admin/contacts/settings.html", page, status=status)


def rows_of(values: Mapping[str, str]) -> list[dict[str, str]]:
    """Rows without a name that never had one, and those that are to go, are left out."""
    names = ("key", "label", "kind", "choices", "required", "gone")
    rows = ({name: values.get(f"field-{n}-{name}", "") for name in names} for n in range(ROWS_READ))
    return [row for row in rows if row["gone"] != YES and (row["label"].strip() or row["key"])]


def field_rows(rows: Sequence[Mapping[str, str]], form: Form) -> tuple[FieldRow, ...]:
    """Those that stand, and an empty one for the next."""
    empty = [{"key": "", "label": "", "kind": "line", "choices": "", "required": ""}] if len(rows) < FIELDS_MAX else []
    return tuple(
        FieldRow(
            number=number,
            key=row["key"],
            label=row["label"],
            kind=row["kind"],
            choices=row["choices"],
            is_required=row["required"] == YES,
            label_error=form.error(f"fields-{number}-label") or form.error(f"fields-{number}-key"),
            choices_error=form.error(f"fields-{number}-choices"),
        )
        for number, row in enumerate([*rows, *empty])
    )


def settings_values(decided: ContactForm) -> dict[str, str]:
    values = {
        "is_open": YES if decided.is_open else "",
        "consent": decided.consent,
        "retention_days": str(decided.retention_days),
        "tells_owners": YES if decided.tells_owners else "",
    }
    values |= {f"{_TOLD}{user_id}": YES for user_id in decided.told}
    for number, field in enumerate(decided.fields):
        row = {"key": field.key, "label": field.label, "kind": field.kind.value, "choices": "\n".join(field.choices)}
        row["required"] = YES if field.is_required else ""
        values |= {f"field-{number}-{name}": value for name, value in row.items()}
    return values


def _field(row: Mapping[str, str]) -> ExtraField:
    kind = next((kind for kind in FieldKind if kind.value == row["kind"]), FieldKind.LINE)
    choices = (" ".join(line.split()) for line in row["choices"].splitlines())
    return ExtraField(
        key=row["key"],
        label=row["label"],
        kind=kind,
        is_required=row["required"] == YES,
        choices=tuple(choice for choice in choices if choice) if kind is FieldKind.CHOICE else (),
    )


@get(SETTINGS)
@inject
async def edit(show_settings: FromDishka[ShowContactSettings], desk: FromDishka[ContactSettingsDesk]) -> Page:
    del show_settings
    return await desk.show()


@post(SETTINGS)
@inject
async def update(
    request: WebRequest, edit_contacts: FromDishka[EditContacts], desk: FromDishka[ContactSettingsDesk]
) -> Page:
    desk.pages.access.require(Action.EDIT_CONTACTS)
    values = await typed(request)
    form, rows = parsed(ContactsForm, values), rows_of(values)
    try:
        lang = desk.pages.settings.locale
        await edit_contacts(form.wishes(rows, values), lang=lang, expected=form.expected)
    except Invalid as error:
        await desk.transaction.rest()
        parts = ("label", "key", "choices")
        names = {f"fields-{n}-{part}": "" for n in range(len(rows)) for part in parts}
        known = {**names, "fields": "", "told": "", "consent": "", "retention_days": ""}
        refused = shown({**known, **values}, catalogue=desk.pages.catalogue, problems=error.problems)
        return await desk.show(values, refused, status=422)
    except StaleVersion:
        await desk.transaction.rest()
        refused = shown(values, catalogue=desk.pages.catalogue, message=desk.pages.catalogue.gettext(STALE))
        return await desk.show(values, refused, status=409)
    return desk.pages.redirect(SETTINGS, done=Done.SAVED)
