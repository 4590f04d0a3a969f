"""The form of a question: from what was typed to a text, and back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from pydantic import Field

from core.blog.schedule import instant_of
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.texts import Attachment, Frequency, QuestionText, Wording
from core.errors import Invalid, Problem
from core.text import N_
from entrypoints.web.csrf import FIELD
from entrypoints.web.forms import WebForm, parsed
from entrypoints.web.views.matrix_question import ResourceRow

Intent = Literal["save", "keep", "publish", "schedule", "withdraw", "more"]
WORDS = ("question", "hint", "answer", "expectation")
PLAIN = ("question", "slug", "subsection_id", "grade", "frequency", "hint", "answer", "expectation")
RESOURCES, EVIDENCE, TRANSLATIONS = "resources-", "evidence-", "translations-"
PASSING = (
    FIELD,
    "version",
    "own_id",
    "intent",
    "confirmed",
    "attach",
    "publish_at",
    "resource_query",
    "evidence_query",
)
"""What a form sends that is no word about the question."""
ROWS_MAX = 60
EMPTY_ROWS = 2
_ROW = re.compile(r"resources-(\d{1,3})-(?:id|url)")
_LAST = 9_999


class QuestionForm(WebForm):
    """*intent* is the button: keep is what the form does by itself (a new question becomes a draft, of another one a
    copy is kept aside), more looks for *resource_query* and *evidence_query*. *attach* is the button of what was found:
    the address of a resource. *confirmed*: it is another question than those that say the same. Besides there are
    ``resources-N-…``, ``evidence-<post>`` and ``translations-<lang>-…``; *evidence* are addresses of further posts."""

    question: str = ""
    slug: str = ""
    subsection_id: str = ""
    grade: str = ""
    frequency: str = ""
    hint: str = ""
    answer: str = ""
    expectation: str = ""
    evidence: str = ""
    publish_at: str = ""
    own_id: str = ""
    confirmed: str = ""
    attach: str = ""
    version: str = Field(default="", pattern=r"^[0-9]{0,9}$")
    intent: Intent = "save"

    @property
    def is_choosing(self) -> bool:
        """Whether the form comes back with more to choose from, and nothing is saved."""
        return self.intent == "more" or bool(self.attach)

    @property
    def expected(self) -> int | None:
        return int(self.version) if self.version else None

    def words(self) -> QuestionText:
        """What is said in the site's own language, and where it stands. Raises Invalid for a frequency that is none."""
        return QuestionText(
            subsection_id=self.subsection_id,
            question=self.question,
            answer=unix(self.answer),
            expectation=unix(self.expectation),
            hint=self.hint,
            slug=self.slug.strip(),
            grade=GradeKey(self.grade) if self.grade else None,
            frequency=_frequency(self.frequency),
        )

    def text(self, values: Mapping[str, str], attachments: Sequence[Attachment]) -> QuestionText:
        """All that was typed. Raises Invalid."""
        return replace(
            self.words(),
            resources=tuple(attachments),
            evidence=evidence_in(values),
            translations=translations_in(values),
        )

    def at(self, zone: str) -> datetime | None:
        """When to publish, if the button asked for a time. Raises Invalid."""
        return instant_of(self.publish_at, zone) if self.intent == "schedule" else None


def kept(values: Mapping[str, str]) -> dict[str, str]:
    """What is worth keeping of a form that was not saved."""
    return {name: value for name, value in values.items() if value and name not in PASSING}


def words_in(values: Mapping[str, str]) -> QuestionText:
    """What a preview shows: an address that is taken is no reason not to. Raises Invalid."""
    return replace(parsed(QuestionForm, values).words(), slug="")


def rows_in(values: Mapping[str, str]) -> tuple[ResourceRow, ...]:
    """The rows that say something, as they were typed."""
    numbers = sorted({int(found[1]) for name in values if (found := _ROW.fullmatch(name))})[:ROWS_MAX]
    rows = (_row(values, number) for number in numbers)
    return tuple(row for row in rows if row.id or row.url or row.name or row.why)


def in_order(rows: Iterable[ResourceRow]) -> list[ResourceRow]:
    """Those to keep, in the order of their numbers."""
    return sorted((row for row in rows if not row.is_dropped), key=lambda row: (_number(row.position), row.number))


def with_empty(rows: Sequence[ResourceRow]) -> tuple[ResourceRow, ...]:
    """*rows* and some to fill in."""
    after = max((row.number for row in rows), default=-1) + 1
    return (*rows, *(ResourceRow(number=after + extra) for extra in range(EMPTY_ROWS)))


def evidence_in(values: Mapping[str, str]) -> tuple[str, ...]:
    """Ids of posts that were ticked, and addresses that were typed."""
    ticked = (name.removeprefix(EVIDENCE) for name in values if name.startswith(EVIDENCE))
    said = (part.strip().removeprefix("/blog/") for part in values.get("evidence", "").split(","))
    return tuple(dict.fromkeys(name for name in (*ticked, *said) if name))


def translations_in(values: Mapping[str, str]) -> Mapping[str, Wording]:
    langs = {name.split("-")[1] for name in values if name.startswith(TRANSLATIONS)}
    found = {lang: {word: values.get(f"{TRANSLATIONS}{lang}-{word}", "") for word in WORDS} for lang in sorted(langs)}
    return {lang: Wording(**{word: unix(said) for word, said in words.items()}) for lang, words in found.items()}


def text_values(text: QuestionText) -> dict[str, str]:
    """As they stand in the form, resources as ids: their names and addresses are for the page to find."""
    values = {name: str(getattr(text, name) or "") for name in PLAIN}
    for number, one in enumerate(text.resources):
        row = f"{RESOURCES}{number}-"
        values |= {f"{row}id": one.resource_id, f"{row}why": one.why, f"{row}position": str(number + 1)}
    values |= {f"{EVIDENCE}{post_id}": "on" for post_id in text.evidence}
    for lang, wording in text.translations.items():
        values |= {f"{TRANSLATIONS}{lang}-{word}": getattr(wording, word) for word in WORDS}
    return values


def placed(problems: Iterable[Problem], rows: Sequence[ResourceRow]) -> tuple[Problem, ...]:
    """*problems* beside the fields that people see: *rows* are those that became resources, in order."""
    return tuple(replace(problem, field=_seen(problem.field, rows)) for problem in problems)


def unix(text: str) -> str:
    """Line ends as people mean them: browsers send CRLF."""
    return text.replace("\r\n", "\n")


def _seen(field: str, rows: Sequence[ResourceRow]) -> str:
    first, _, rest = field.partition(".")
    if first == "evidence":
        return first
    place, _, name = rest.partition(".")
    if first != "resources" or not place.isdigit() or int(place) >= len(rows):
        return field
    return f"resources.{rows[int(place)].number}.{'url' if name == 'resource_id' else name}"


def _row(values: Mapping[str, str], number: int) -> ResourceRow:
    said = {name: values.get(f"{RESOURCES}{number}-{name}", "") for name in ("id", "name", "url", "why", "position")}
    return ResourceRow(
        number=number,
        id=said["id"],
        name=said["name"].strip(),
        url=said["url"].strip(),
        why=said["why"].strip(),
        position=said["position"].strip(),
        is_dropped=f"{RESOURCES}{number}-drop" in values,
    )


def _number(position: str) -> int:
    return int(position) if position.isascii() and position.isdigit() and len(position) <= len(str(_LAST)) else _LAST


def _frequency(typed: str) -> Frequency | None:
    if not typed:
        return None
    found = next((one for one in Frequency if one.value == typed), None)
    if found is None:
        raise Invalid(Problem.of("frequency", N_("Choose one of those offered.")))
    return found
