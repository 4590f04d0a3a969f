"""From what a visitor typed to a message."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from core.contacts.entities import (
    EMAIL_LENGTH,
    EXTRA_LENGTH,
    NAME_LENGTH,
    OTHER_LENGTH,
    TELEGRAM_LENGTH,
    TEXT_LENGTH,
    Extra,
    Message,
    new_message_id,
)
from core.contacts.form import ContactForm, ExtraField, FieldKind
from core.errors import Problem, refuse_if_any
from core.text import N_

_PLAIN = r"[^@\s\x00-\x1f<>,;:\"()\[\]\\]+"
_EMAIL = re.compile(rf"{_PLAIN}@{_PLAIN}\.{_PLAIN}")
_TELEGRAM = re.compile(r"(?:https://t\.me/)?@?([A-Za-z][A-Za-z0-9_]{3,31})|\+[0-9 ()-]{6,20}")
_TOO_LONG = N_("At most %(limit)d characters, please.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """*extra* by the fields' keys. *stamp* says when the form was shown (None: it came without one), *work* solves what
    the stamp asks for, *trap* is what people leave empty."""

    name: str = ""
    email: str = ""
    telegram: str = ""
    other: str = ""
    text: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)
    has_agreed: bool = False
    lang: str = ""
    stamp: str | None = None
    work: str = ""
    trap: str = ""


def new_message(sent: Sent, form: ContactForm, *, client: str, at: datetime) -> Message:
    """Raises Invalid naming each field."""
    refuse_if_any([*_words_wrong(sent), *_ways_wrong(sent), *_extra_wrong(sent, form)])
    answers = ((asked, sent.extra.get(asked.key, "").strip()) for asked in form.fields)
    return Message(
        id=new_message_id(),
        received_at=at,
        name=" ".join(sent.name.split()),
        email=sent.email.strip(),
        telegram=_handle(sent.telegram),
        other=" ".join(sent.other.split()),
        text=sent.text.strip(),
        extra=tuple(Extra(label=asked.label, value=value) for asked, value in answers if value),
        consent=form.consent,
        lang=sent.lang,
        client=client,
    )


def _words_wrong(sent: Sent) -> list[Problem]:
    found = []
    for name, value, message in (
        ("name", sent.name, N_("Please tell your name.")),
        ("text", sent.text, N_("Write a message.")),
    ):
        if not value.strip():
            found.append(Problem.of(name, message))
    limits = (
        ("name", sent.name, NAME_LENGTH),
        ("email", sent.email, EMAIL_LENGTH),
        ("telegram", sent.telegram, TELEGRAM_LENGTH),
        ("other", sent.other, OTHER_LENGTH),
        ("text", sent.text, TEXT_LENGTH),
    )
    return found + [Problem.of(name, _TOO_LONG, limit=limit) for name, value, limit in limits if len(value) > limit]


def _ways_wrong(sent: Sent) -> list[Problem]:
    email, telegram = sent.email.strip(), sent.telegram.strip()
    if not (email or telegram or sent.other.strip()):
        return [Problem.of("email", N_("Leave at least one way to answer you: e-mail, Telegram or another."))]
    found = []
    if email and not _EMAIL.fullmatch(email):
        found.append(Problem.of("email", N_("Write an e-mail address such as anna@example.org.")))
    if telegram and not _TELEGRAM.fullmatch(telegram):
        found.append(Problem.of("telegram", N_("Write a name such as @anna, or a phone number with its country.")))
    return found


def _extra_wrong(sent: Sent, form: ContactForm) -> list[Problem]:
    answers = (_answer_wrong(asked, sent.extra.get(asked.key, "").strip()) for asked in form.fields)
    found = [problem for problem in answers if problem is not None]
    known = {asked.key for asked in form.fields}
    found += [Problem.of(f"extra.{key}", N_("This is not asked here.")) for key in sent.extra if key not in known]
    if form.consent and not sent.has_agreed:
        found.append(Problem.of("has_agreed", N_("Please agree, or write in another way.")))
    return found


def _answer_wrong(asked: ExtraField, value: str) -> Problem | None:
    path = f"extra.{asked.key}"
    if not value:
        return Problem.of(path, N_("Please fill this in.")) if asked.is_required else None
    if len(value) > EXTRA_LENGTH:
        return Problem.of(path, _TOO_LONG, limit=EXTRA_LENGTH)
    if asked.kind is FieldKind.CHOICE and value not in asked.choices:
        return Problem.of(path, N_("Choose one of those offered."))
    return None


def _handle(text: str) -> str:
    found = _TELEGRAM.fullmatch(text.strip())
    return f"@{found[1]}" if found and found[1] else text.strip()
