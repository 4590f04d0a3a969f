"""The catalogues: every sentence that a person reads, in each language. English is the msgid."""

from __future__ import annotations

import re
from collections.abc import Mapping
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from core.errors import Problem, TerraceError
from core.locales import DEFAULT_LOCALE, LOCALES

_PREFERENCE = re.compile(r"\s*([a-zA-Z]{1,8})(?:-[a-zA-Z0-9-]+)?\s*(?:;\s*q=([0-9.]{1,5}))?\s*$")


class Catalogue:
    """One language. What it lacks is said in English."""

    def __init__(self, locale: str, catalog: Catalog) -> None:
        self.locale = locale
        self._plural = c2py(str(catalog.plural_expr))
        self._single: dict[str, str] = {}
        self._plurals: dict[str, tuple[str, ...]] = {}
        for message in catalog:
            if not message.id or message.fuzzy:
                continue
            self._keep(message.id, message.string)

    def _keep(self, msgid: Any, string: Any) -> None:
        if isinstance(msgid, str) and string:
            self._single[msgid] = string
        elif not isinstance(msgid, str) and all(string):
            self._plurals[msgid[0]] = tuple(string)

    def gettext(self, message: str) -> str:
        return self._single.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        forms = self._plurals.get(singular)
        if forms is None:
            return singular if number == 1 else plural
        return forms[self._plural(number)]

    def say(self, message: str, params: Mapping[str, object]) -> str:
        """*message* in this language with its ``%(name)s`` filled in."""
        text = self.gettext(message)
        return text % params if params else text

    def error(self, error: TerraceError) -> str:
        return self.say(error.message, error.params)

    def problem(self, problem: Problem) -> str:
        return self.say(problem.message, problem.params)


class Translations:
    """All catalogues, read once at start."""

    def __init__(self, folder: Path) -> None:
        self._catalogues = {locale: _read(folder, locale) for locale in LOCALES}

    def catalogue(self, locale: str | None) -> Catalogue:
        return self._catalogues.get(locale or DEFAULT_LOCALE) or self._catalogues[DEFAULT_LOCALE]

    def preferred(self, accept_language: str | None, default: str = DEFAULT_LOCALE) -> str:
        """The language of ours that a browser asks for first (RFC 9110, 12.5.4), or *default*."""
        best, best_weight = default, 0.0
        for part in (accept_language or "").split(",")[:20]:
            found = _PREFERENCE.match(part)
            if found is None or found.group(1).lower() not in self._catalogues:
                continue
            weight = _weight(found.group(2))
            if weight > best_weight:
                best, best_weight = found.group(1).lower(), weight
        return best


def _weight(text: str | None) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _read(folder: Path, locale: str) -> Catalogue:
    with (folder / locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return Catalogue(locale, read_po(file, locale=locale))
