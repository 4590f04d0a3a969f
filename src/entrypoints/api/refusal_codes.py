"""All codes that a problem can carry, for the page of documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from core.errors import TerraceError
from core.text import N_
from entrypoints.api.problems import usual_status
from entrypoints.http.problems import words
from entrypoints.http.translations import Catalogue

_NOT_OF_THE_API = frozenset(
    {
        *("slug_in_use", "host_taken", "invitation_not_found", "email_taken", "error", "challenge_ended"),
        *("passkey_refused", "passkey_copied", "passkey_not_made", "too_many_passkeys"),
    }
)
_IN_OTHER_WORDS = {
    "archive_too_large": N_("The archive is too large."),
    "bad_archive": N_("The archive cannot be read."),
    "file_too_large": N_("The file is too large."),
    "slug_taken": N_("Something else already has this address."),
    "unusable_picture": N_("The file is not a picture that can be used."),
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
_WITHOUT_CLASS = (405, 500)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalCode:
    code: str
    status: int
    message: str


def refusal_codes(catalogue: Catalogue) -> tuple[RefusalCode, ...]:
    """Each code once, with its usual status and what it says."""
    found = {kind.code: RefusalCode(code=kind.code, status=usual_status(kind), message=kind.message) for kind in _all()}
    for status in _WITHOUT_CLASS:
        code, _, message = words(status)
        found[code] = RefusalCode(code=code, status=status, message=message)
    told = [_said(code, catalogue) for code in found.values() if code.code not in _NOT_OF_THE_API]
    return tuple(sorted(told, key=lambda code: (code.status, code.code)))


def _said(code: RefusalCode, catalogue: Catalogue) -> RefusalCode:
    sentence = catalogue.gettext(_IN_OTHER_WORDS.get(code.code, code.message))
    return replace(code, message=_PLACEHOLDER.sub("…", sentence))


def _all(kind: type[TerraceError] = TerraceError) -> Iterator[type[TerraceError]]:
    """Subclasses before their parents, so that a shared code is told in the parent's words."""
    for child in kind.__subclasses__():
        yield from _all(child)
    yield kind
