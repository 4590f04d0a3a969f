"""What an address asks of the matrix, and the address that asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit

from litestar_htmx import HTMXDetails, HTMXHeaders

from core.competency_matrix.choice import Choice
from core.competency_matrix.errors import QuestionNotFound, SheetNotFound
from core.competency_matrix.grades import GradeKey, MatrixSettings
from core.competency_matrix.sheets import Sheet
from core.competency_matrix.texts import Frequency
from core.site.entities import SiteSettings
from entrypoints.web.lists import searched
from entrypoints.web.pages.matrix.addresses import SECTION
from entrypoints.web.rendering import VARY, WebRequest

View = Literal["grid", "list"]
ON = "yes"
VALUE_LENGTH = 100
NUMBER_DIGITS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A *view* of a *choice*; *number* is the page of a ranked list."""

    view: View = "grid"
    choice: Choice = field(default_factory=Choice)
    number: int = 1

    def url(self, path: str) -> str:
        """*path* asking for just this, what is usual left out."""
        found: list[tuple[str, str]] = [("view", self.view)] if self.view != "grid" else []
        found += choice_query(self.choice)
        found += [("page", str(self.number))] if self.number > 1 else []
        return f"{path}?{urlencode(found)}" if found else path

    def known_to(self, sheet: Sheet, settings: MatrixSettings) -> Asked:
        """The same without grades and sections that are not, or not any more, there."""
        places = {str(section.id) for section in sheet.sections} | {str(place.id) for place in sheet.subsections}
        grades = self.choice.grades & {grade.key for grade in settings.grades}
        section = self.choice.section if self.choice.section in places else None
        return replace(self, choice=replace(self.choice, grades=grades, section=section))


def choice_query(choice: Choice) -> list[tuple[str, str]]:
    found = [("q", choice.text)] if choice.text else []
    found += [("grade", grade) for grade in sorted(choice.grades)]
    found += [("section", choice.section)] if choice.section else []
    found += [("frequency", frequency.value) for frequency in sorted(choice.frequencies)]
    found += [("evidence", ON)] if choice.has_evidence else []
    return found


def asked_of(request: WebRequest) -> Asked:
    """Raises QuestionNotFound for a page that cannot be."""
    return asked_in(request.query_params.multi_items(), number=number_in(request.query_params.get("page")))


def asked_in(pairs: Any, *, number: int = 1) -> Asked:
    """Names and values that mean nothing here are passed over."""
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(str(value)[:VALUE_LENGTH] if name != "q" else str(value))
    choice = Choice(
        section=_last(values, "section") or None,
        grades=frozenset(GradeKey(key) for key in values.get("grade", ()) if key),
        frequencies=frozenset(one for one in Frequency if one.value in values.get("frequency", ())),
        has_evidence=_last(values, "evidence") == ON,
        text=searched(_last(values, "q")),
    )
    return Asked(view="list" if _last(values, "view") == "list" else "grid", choice=choice, number=number)


def number_in(text: str | None) -> int:
    """A number from 1 in an address. Raises QuestionNotFound for what cannot be one."""
    if not text:
        return 1
    if not (text.isascii() and text.isdigit() and len(text) <= NUMBER_DIGITS) or int(text) < 1:
        raise QuestionNotFound
    return int(text)


def refuse_where_closed(site: SiteSettings) -> None:
    """Raises SheetNotFound at a site that has no matrix."""
    if SECTION not in site.sections:
        raise SheetNotFound


def history(request: WebRequest, asked: Asked, path: str) -> dict[str, str]:
    """Whoever types a search takes one step in the browser's history, however many letters it has; each other choice
    is a step of its own."""
    text, before = asked.choice.text, _text_before(request)
    step = HTMXHeaders.REPLACE_URL if before and text and before != text else HTMXHeaders.PUSH_URL
    return {step.value: asked.url(path), "vary": f"{VARY}, {HTMXHeaders.CURRENT_URL.value}"}


def _text_before(request: WebRequest) -> str:
    """What the page searched for until now."""
    try:
        pairs = parse_qsl(urlsplit(HTMXDetails(request).current_url or "").query)
    except ValueError:
        return ""
    return asked_in(pairs).choice.text


def _last(values: Mapping[str, list[str]], name: str) -> str:
    return next(reversed(values.get(name, [])), "")
