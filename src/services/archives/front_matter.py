"""What a Markdown file says of itself before its text: YAML, TOML or JSON between marks, or the header of Bear."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import yaml

from services.archives.fitting import moment

HEAD_LENGTH = 64_000
_MARKED = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)\n?", re.DOTALL | re.MULTILINE)
_EMPTY = re.compile(r"\ufeff?---[ \t]*\n---[ \t]*(?:\n|\Z)\n?")
_BEAR = re.compile(r"\ufeff?((?:[A-Za-z][A-Za-z _]{0,40}:[^\n]*\n)+)\s*_{3,}[ \t]*(?:\n|\Z)\n?")
_NOTHING = frozenset({"", "~", "null", "none"})
_YES = frozenset({"true", "yes", "on", "1", "y"})
_NO = frozenset({"false", "no", "off", "0", "n"})


class BadFrontMatter(Exception):
    """It cannot be read; the reason is its text."""


class _Plain(yaml.BaseLoader):
    """All scalars stay the words that were typed, and nothing can be said twice by an alias."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not read")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Fields:
    """Front matter under names in small letters, with underscores for hyphens and blanks; *is_given* tells whether
    there was any."""

    values: Mapping[str, Any]
    is_given: bool = True

    def text(self, *names: str) -> str:
        """The first of *names* that has words; "a.b" looks for b within a."""
        return next((words for name in names if (words := _words(self._value(name)))), "")

    def several(self, *names: str) -> list[str]:
        """All words under all *names*: lists, or words with commas between."""
        return [words for name in names for words in _several(self._value(name))]

    def flag(self, *names: str) -> bool | None:
        """What the first of *names* that says yes or no says."""
        for name in names:
            said = _words(self._value(name)).lower()
            if said in _YES or said in _NO:
                return said in _YES
        return None

    def moment(self, *names: str) -> datetime | None:
        """The first of *names* that is a time."""
        return next((time for name in names if (time := moment(self._value(name)))), None)

    def is_map(self, name: str) -> bool:
        return isinstance(self.values.get(name), dict)

    def _value(self, name: str) -> Any:
        outer, _, inner = name.partition(".")
        value = self.values.get(outer)
        if not inner:
            return value
        return _normalised(value).get(inner) if isinstance(value, dict) else None


def split(text: str) -> tuple[Fields, str]:
    """The front matter and the text after it, of which one empty line is taken away. Raises BadFrontMatter."""
    if found := _EMPTY.match(text):
        return Fields({}), text[found.end() :]
    if found := _MARKED.match(text):
        read = _yaml if found[1] == "---" else _toml
        return Fields(_read(read, found[2])), text[found.end() :]
    if text.lstrip("\ufeff").startswith("{\n"):
        return _json(text)
    if found := _BEAR.match(text):
        pairs = (line.partition(":") for line in found[1].splitlines())
        return Fields(_normalised({name: words.strip() for name, _, words in pairs})), text[found.end() :]
    return Fields({}, is_given=False), text.removeprefix("\ufeff")


def read_yaml(head: str, *, limit: int = HEAD_LENGTH) -> dict[str, Any]:
    """Names with the words that were typed. Raises BadFrontMatter."""
    return _read(_yaml, head, limit=limit)


def _read(read: Any, head: str, *, limit: int = HEAD_LENGTH) -> dict[str, Any]:
    if len(head) > limit:
        raise BadFrontMatter(f"longer than {limit} characters")
    try:
        values = _sound(read(head))
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise BadFrontMatter(" ".join(str(error).split())[:200]) from None
    except RecursionError:
        raise BadFrontMatter("nested too deep") from None
    if not isinstance(values, dict):
        raise BadFrontMatter("no names with values")
    return _normalised(values)


def _sound(value: Any) -> Any:
    """*value* without halves of characters, which escapes can spell and nothing can keep."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [_sound(part) for part in value]
    return {_sound(name): _sound(part) for name, part in value.items()} if isinstance(value, dict) else value


def _yaml(head: str) -> Any:
    return yaml.load(head, Loader=_Plain) or {}  # noqa: S506 - a BaseLoader makes nothing but words, lists and maps


def _toml(head: str) -> Any:
    return tomllib.loads(head)


def _json(text: str) -> tuple[Fields, str]:
    start = text.index("{")
    end = start

    def read(head: str) -> Any:
        nonlocal end
        values, end = json.JSONDecoder().raw_decode(head, start)
        return values

    values = _read(read, text[: HEAD_LENGTH + start])
    return Fields(values), text[end:].lstrip("\n")


def _normalised(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {_name(str(name)): value for name, value in values.items()}


def _name(name: str) -> str:
    """lastMod, last-mod and "last mod" are one."""
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.strip())
    return re.sub(r"[\s_-]+", "_", snake).lower()


def _words(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name", "")
    if isinstance(value, bool):
        return "true" if value else "false"
    words = value.strip() if isinstance(value, str) else str(value) if isinstance(value, (int, float, date)) else ""
    return "" if words.lower() in _NOTHING else words


def _several(value: Any) -> Sequence[str]:
    if isinstance(value, list):
        return [words for part in value if (words := _words(part))]
    words = _words(value)
    if words.startswith("["):
        try:
            listed = json.loads(words)
        except (ValueError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return _several(listed)
    return [part.strip() for part in words.split(",") if part.strip()]
