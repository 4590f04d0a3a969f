"""A form as it is shown: what was typed and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkRow:
    """One row of a repeated label/address pair; *number* is the N in `menu-N-label`."""

    number: int
    label: str
    url: str
    label_error: str
    url_error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """*values* and *errors* by field name, errors translated. *message* is about the form as a whole."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str:
        return self.errors.get(name, "")

    @property
    def first_wrong(self) -> str:
        """The field that is looked at first when the form comes back."""
        return next((name for name, error in self.errors.items() if error), "")

    @property
    def is_refused(self) -> bool:
        return bool(self.errors or self.message)

    def rows(self, name: str) -> tuple[LinkRow, ...]:
        """The rows `NAME-0-label`, `NAME-0-url`, … that stand, and an empty one for the next."""
        count = 0
        while f"{name}-{count}-label" in self.values or f"{name}-{count}-url" in self.values:
            count += 1
        return tuple(self._row(name, number) for number in range(count + 1))

    def _row(self, name: str, number: int) -> LinkRow:
        label, url = f"{name}-{number}-label", f"{name}-{number}-url"
        return LinkRow(
            number=number,
            label=self.value(label),
            url=self.value(url),
            label_error=self.error(label),
            url_error=self.error(url),
        )
