"""Questions as names with values: what JSON, front matter and the cells of a table have in common."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.competency_matrix.files import QuestionRow
from core.competency_matrix.planting import NamedResource, QuestionCode
from core.competency_matrix.texts import Wording
from core.errors import Problem
from core.publication import PublicationStatus
from core.text import N_

PLACE = ("sheet", "section", "subsection")
WORDS = ("question", "hint", "answer", "expectation")
PLAIN = (*PLACE, "slug", "grade", "frequency", *WORDS)
NAMES = frozenset({*PLAIN, "status", "published_at", "lang", "resources", "evidence", "translations"})
UNKNOWN = N_("There is no such field.")
_TEXT = N_("A text is expected here.")
_LIST = N_("A list is expected here.")
_TIME = N_("Write the time like this: 2026-11-23T09:30:00Z.")


class Values:
    """The values of one question as they are read, and what is wrong with them by name."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = dict(values)
        self.problems: list[Problem] = []

    def put(self, name: str, value: Any) -> None:
        self._values[name] = value

    def refuse(self, name: str, message: str, **params: object) -> None:
        self.problems.append(Problem.of(name, message, **params))

    def refuse_unknown(self, known: frozenset[str]) -> None:
        for name in self._values:
            if name not in known:
                self.refuse(sound(str(name))[:100], UNKNOWN)

    def words(self, name: str) -> str:
        return self._words(name, self._values.get(name))

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(self._words(name, value) for value in self._list(name))

    def resources(self) -> tuple[NamedResource, ...]:
        found = []
        for path, said in self._maps("resources", self._list("resources")):
            parts = {name: self._words(f"{path}.{name}", said.get(name)) for name in ("name", "url", "why")}
            self._refuse_others(path, said, parts)
            found.append(NamedResource(**parts))
        return tuple(found)

    def translations(self) -> dict[str, Wording]:
        value = self._values.get("translations")
        if value is None or value == "":
            return {}
        if not isinstance(value, dict):
            self.refuse("translations", _TEXT)
            return {}
        found = {}
        for lang, said in value.items():
            path = f"translations.{sound(str(lang))[:40]}"
            if not isinstance(said, dict):
                self.refuse(path, _TEXT)
                continue
            parts = {name: self._words(f"{path}.{name}", said.get(name)) for name in WORDS}
            self._refuse_others(path, said, parts)
            found[sound(str(lang))] = Wording(**parts)
        return found

    def moment(self, name: str) -> datetime | None:
        said = self.words(name).strip()
        if not said:
            return None
        try:
            at = datetime.fromisoformat(said)
            return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        except (ValueError, OverflowError):
            self.refuse(name, _TIME)
            return None

    def status(self) -> PublicationStatus:
        said = self.words("status").strip().casefold()
        if said in {one.value for one in PublicationStatus}:
            return PublicationStatus(said)
        if said:
            names = ", ".join(one.value for one in PublicationStatus)
            self.refuse("status", N_("Use one of these: %(names)s."), names=names)
        return PublicationStatus.DRAFT

    def _words(self, name: str, value: Any) -> str:
        if isinstance(value, str):
            return sound(value)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
        if value is not None:
            self.refuse(name, _TEXT)
        return ""

    def _list(self, name: str) -> Sequence[Any]:
        value = self._values.get(name)
        if isinstance(value, list):
            return value
        if value not in (None, ""):
            self.refuse(name, _LIST)
        return ()

    def _maps(self, name: str, found: Sequence[Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        for place, value in enumerate(found):
            if isinstance(value, dict):
                yield f"{name}.{place}", value
            else:
                self.refuse(f"{name}.{place}", N_("A resource has a name and a url."))

    def _refuse_others(self, path: str, said: Mapping[str, Any], known: Mapping[str, str]) -> None:
        for name in said:
            if name not in known:
                self.refuse(f"{path}.{sound(str(name))[:100]}", UNKNOWN)


def code_of(values: Values, **others: str) -> QuestionCode:
    """*others* are not among the values."""
    plain = {name: values.words(name) for name in PLAIN if name not in others} | others
    return QuestionCode(
        **plain,
        resources=values.resources(),
        evidence=tuple(name for name in values.several("evidence") if name),
        translations=values.translations(),
    )


def row_of(number: int, values: Values) -> QuestionRow:
    status, at = values.status(), values.moment("published_at")
    code, lang = code_of(values), values.words("lang").strip()
    return QuestionRow(
        number=number,
        code=code,
        lang=lang,
        is_public=status in (PublicationStatus.PUBLISHED, PublicationStatus.SCHEDULED),
        published_at=None if status is PublicationStatus.DRAFT else at,
        problems=tuple(values.problems),
    )


def values_of(row: QuestionRow) -> dict[str, Any]:
    """What it says, without what it does not, in the order of the columns."""
    code = row.code
    found: dict[str, Any] = {name: getattr(code, name) for name in (*PLACE, "grade", "slug", *WORDS, "frequency")}
    found["status"] = status_of(row).value
    found["published_at"] = stamp(row.published_at) if row.published_at else ""
    found["lang"] = row.lang
    found["resources"] = [_said(name=one.name, url=one.url, why=one.why) for one in code.resources]
    found["evidence"] = list(code.evidence)
    found["translations"] = {
        lang: _said(**{name: getattr(wording, name) for name in WORDS}) for lang, wording in code.translations.items()
    }
    return {name: value for name, value in found.items() if value}


def status_of(row: QuestionRow) -> PublicationStatus:
    if row.is_public:
        return PublicationStatus.PUBLISHED
    return PublicationStatus.WITHDRAWN if row.published_at else PublicationStatus.DRAFT


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def sound(text: str) -> str:
    """*text* without halves of characters, which escapes can spell and nothing can keep."""
    return text.encode("utf-8", "replace").decode()


def _said(**words: str) -> dict[str, str]:
    return {name: said for name, said in words.items() if said}
