"""What the owner decides about the form: what it asks, how long messages stay, who is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from core.contacts.entities import Keeping, MessageState
from core.errors import Problem, refuse_if_any
from core.identity import UserId
from core.slugs import SlugMaker, numbered
from core.text import N_
from core.trash import KEPT_IN_TRASH

LABEL_LENGTH = 100
CONSENT_LENGTH = 2_000
FIELDS_MAX = 8
CHOICES_MAX = 20
CHOICE_LENGTH = 100
SHORTEST_DAYS, LONGEST_DAYS = 7, 3_650
USUAL_DAYS = 365
SPAM_KEPT = timedelta(days=30)
CLIENT_KEPT = timedelta(days=30)
"""The hash of a client's address is of use only while it may come again."""
KEY_LENGTH = 40


class FieldKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraField:
    """A question of the site's own. *key* is its name in forms and for programs, and stays."""

    key: str
    label: str
    kind: FieldKind = FieldKind.LINE
    is_required: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactForm:
    """*consent* is Markdown and *consent_html* what came of it; without any nobody is asked to agree. *told* are told
    of new messages by mail, and with *tells_owners* every owner."""

    is_open: bool = True
    fields: tuple[ExtraField, ...] = ()
    consent: str = ""
    consent_html: str = ""
    retention_days: int = USUAL_DAYS
    tells_owners: bool = True
    told: tuple[UserId, ...] = ()
    version: int = 1

    @property
    def keeping(self) -> Keeping:
        kept = timedelta(days=self.retention_days)
        return Keeping(kept=kept, spam=SPAM_KEPT, trash=KEPT_IN_TRASH, client=CLIENT_KEPT)

    def days_of(self, state: MessageState) -> int:
        """How many days a message of *state* stays."""
        return min(self.retention_days, SPAM_KEPT.days) if state is MessageState.SPAM else self.retention_days

    def changed_to(self, wanted: ContactWishes, *, consent_html: str, slugs: SlugMaker) -> ContactForm:
        """Raises Invalid naming each field."""
        refuse_if_any(wanted.problems())
        return replace(
            self,
            is_open=wanted.is_open,
            fields=_keyed(wanted.fields, slugs),
            consent=wanted.consent.strip(),
            consent_html=consent_html,
            retention_days=wanted.retention_days,
            tells_owners=wanted.tells_owners,
            told=tuple(dict.fromkeys(wanted.told)),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactWishes:
    """The form as somebody typed it, not yet checked; a field without a key is a new one."""

    is_open: bool = True
    fields: tuple[ExtraField, ...] = ()
    consent: str = ""
    retention_days: int = USUAL_DAYS
    tells_owners: bool = True
    told: tuple[UserId, ...] = ()

    def problems(self) -> list[Problem]:
        found = [problem for place, field in enumerate(self.fields) for problem in _field_problems(field, place)]
        if len(self.fields) > FIELDS_MAX:
            found.append(Problem.of("fields", N_("At most %(limit)d entries, please."), limit=FIELDS_MAX))
        keys = [field.key for field in self.fields if field.key]
        if len(set(keys)) != len(keys):
            found.append(Problem.of("fields", N_("Two of them have the same key.")))
        if len(self.consent) > CONSENT_LENGTH:
            found.append(Problem.of("consent", N_("At most %(limit)d characters, please."), limit=CONSENT_LENGTH))
        if not SHORTEST_DAYS <= self.retention_days <= LONGEST_DAYS:
            message = N_("Between %(least)d and %(most)d days, please.")
            found.append(Problem.of("retention_days", message, least=SHORTEST_DAYS, most=LONGEST_DAYS))
        return found


def _field_problems(field: ExtraField, place: int) -> list[Problem]:
    found, path = [], f"fields.{place}"
    if not field.label.strip():
        found.append(Problem.of(f"{path}.label", N_("A name is needed.")))
    if len(field.label) > LABEL_LENGTH:
        found.append(Problem.of(f"{path}.label", N_("At most %(limit)d characters, please."), limit=LABEL_LENGTH))
    if len(field.key) > KEY_LENGTH or (field.key and not field.key.replace("-", "").isalnum()):
        found.append(Problem.of(f"{path}.key", N_("Only small letters, digits and single hyphens between them.")))
    is_choice = field.kind is FieldKind.CHOICE
    if is_choice and not 2 <= len(field.choices) <= CHOICES_MAX:
        message = N_("Between %(least)d and %(most)d choices, please.")
        found.append(Problem.of(f"{path}.choices", message, least=2, most=CHOICES_MAX))
    if is_choice and any(len(choice) > CHOICE_LENGTH for choice in field.choices):
        found.append(Problem.of(f"{path}.choices", N_("At most %(limit)d characters, please."), limit=CHOICE_LENGTH))
    return found


def _keyed(fields: tuple[ExtraField, ...], slugs: SlugMaker) -> tuple[ExtraField, ...]:
    """Each with a key that no other has, and clean words."""
    taken = {field.key for field in fields if field.key}
    found = []
    for field in fields:
        key = field.key
        if not key:
            stem = slugs.make(field.label)[:KEY_LENGTH].strip("-") or "field"
            free = (stem, *(numbered(stem, number) for number in range(2, FIELDS_MAX + 2)))
            key = next(word for word in free if word not in taken)
            taken.add(key)
        choices = tuple(dict.fromkeys(choice for choice in field.choices if choice))
        label = " ".join(field.label.split())
        found.append(replace(field, key=key, label=label, choices=choices if field.kind is FieldKind.CHOICE else ()))
    return tuple(found)
