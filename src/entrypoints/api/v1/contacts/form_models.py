"""The form as programs see and change it."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from core.contacts.form import (
    CONSENT_LENGTH,
    LABEL_LENGTH,
    LONGEST_DAYS,
    SHORTEST_DAYS,
    ContactForm,
    ContactWishes,
    ExtraField,
    FieldKind,
)
from core.contacts.spam import WORK_BITS
from core.contacts.use_cases.show_form import ShownForm
from core.identity import UserId
from entrypoints.api.models import Shown, Wanted

FIELD_EXAMPLE: JsonDict = {
    "key": "topic",
    "label": "What is it about?",
    "kind": "choice",
    "is_required": True,
    "choices": ["A job", "A talk"],
}
SETTINGS_EXAMPLE: JsonDict = {
    "is_open": True,
    "fields": [FIELD_EXAMPLE],
    "consent": "I agree that you keep this message.",
    "retention_days": 365,
    "tells_owners": True,
    "told": [],
}


class FieldShown(Shown):
    """*kind* is `line`, `text` or `choice`; *key* names it in `extra` of a message."""

    key: str
    label: str
    kind: FieldKind
    is_required: bool
    choices: tuple[str, ...]

    @classmethod
    def of(cls, field: ExtraField) -> FieldShown:
        return cls(**{name: getattr(field, name) for name in cls.model_fields})


class FormShown(Shown):
    """*stamp* goes back with the message within a day. *work* for it is any text so that SHA-256 of the stamp, a colon
    and the text begins with *work_bits* zeros."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "is_open": True,
                    "fields": [FIELD_EXAMPLE],
                    "consent": "I agree that you keep this message.",
                    "retention_days": 365,
                    "stamp": "1772355900.Uk1PVEVTVEFNUE9GQUZPUk0u",
                    "work_bits": WORK_BITS,
                }
            ]
        }
    )

    is_open: bool
    fields: tuple[FieldShown, ...]
    consent: str
    retention_days: int
    stamp: str
    work_bits: int

    @classmethod
    def of(cls, found: ShownForm) -> FormShown:
        form = found.form
        return cls(
            is_open=form.is_open,
            fields=tuple(map(FieldShown.of, form.fields)),
            consent=form.consent,
            retention_days=form.retention_days,
            stamp=found.stamp,
            work_bits=WORK_BITS,
        )


class FieldWanted(Wanted):
    """Without *key* it is a new one and gets its key from the label."""

    label: Annotated[str, Field(json_schema_extra={"maxLength": LABEL_LENGTH})]
    key: str = ""
    kind: FieldKind = FieldKind.LINE
    is_required: bool = False
    choices: tuple[str, ...] = ()


class ContactSettingsWanted(Wanted):
    """*told* are ids of users who get a letter about each message, *tells_owners* has every owner told."""

    model_config = ConfigDict(json_schema_extra={"examples": [SETTINGS_EXAMPLE]})

    is_open: bool
    fields: tuple[FieldWanted, ...]
    consent: Annotated[str, Field(json_schema_extra={"maxLength": CONSENT_LENGTH})]
    retention_days: Annotated[int, Field(json_schema_extra={"minimum": SHORTEST_DAYS, "maximum": LONGEST_DAYS})]
    tells_owners: bool = True
    told: tuple[str, ...] = ()

    def wishes(self) -> ContactWishes:
        return ContactWishes(
            is_open=self.is_open,
            fields=tuple(ExtraField(**field.model_dump()) for field in self.fields),
            consent=self.consent,
            retention_days=self.retention_days,
            tells_owners=self.tells_owners,
            told=tuple(UserId(one) for one in self.told),
        )


class ContactSettingsShown(Shown):
    model_config = ConfigDict(json_schema_extra={"examples": [{**SETTINGS_EXAMPLE, "version": 2}]})

    is_open: bool
    fields: tuple[FieldShown, ...]
    consent: str
    retention_days: int
    tells_owners: bool
    told: tuple[str, ...]
    version: int

    @classmethod
    def of(cls, form: ContactForm) -> ContactSettingsShown:
        plain = {name: getattr(form, name) for name in cls.model_fields if name != "fields"}
        return cls(**plain, fields=tuple(map(FieldShown.of, form.fields)))
