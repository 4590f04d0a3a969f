"""What a text lacks before it should be read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from core.blog.texts import PostText
from core.errors import Problem
from core.markdown import Finding, FindingKind
from core.text import N_


class Severity(StrEnum):
    """An ERROR forbids to publish, a WARNING is for the writer to judge."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessItem:
    """One thing to see to: in which *field*, at which *line* of the body (the first is 1), and what to do as the
    sentence of *problem*. *code* is stable, for programs."""

    code: str
    severity: Severity
    problem: Problem
    line: int | None = None

    @property
    def field(self) -> str:
        return self.problem.field


_WORDS = {
    FindingKind.MISSING_ALT: N_(
        "The picture %(subject)s has no description for those who cannot see it. Where it is mere decoration, write a "
        "hyphen: ![-](…)."
    ),
    FindingKind.EMPTY_HEADING: N_("There is a heading without words."),
    FindingKind.BROKEN_LINK: N_("The link to %(subject)s leads nowhere: there is nothing under this address."),
    FindingKind.HIDDEN_LINK: N_("The link to %(subject)s leads to what visitors cannot read yet."),
    FindingKind.MISSING_PICTURE: N_("The picture %(subject)s is not among this site’s files."),
}


def readiness(text: PostText, findings: Iterable[Finding]) -> tuple[ReadinessItem, ...]:
    """Errors first, then warnings in the order of the text."""
    found = []
    if not text.title.strip():
        found.append(_item("no_title", Severity.ERROR, "title", N_("A post needs a title before it is published.")))
    if not text.body.strip():
        found.append(_item("no_text", Severity.ERROR, "body", N_("There is nothing to read yet.")))
    if not text.description.strip():
        words = N_("Without a summary lists and search engines show only the title.")
        found.append(_item("no_description", Severity.WARNING, "description", words))
    if text.cover and not text.cover_alt.strip():
        words = N_(
            "The picture above the text has no description for those who cannot see it. Where it is mere decoration, "
            "write a hyphen."
        )
        found.append(_item("missing_alt", Severity.WARNING, "cover_alt", words))
    found += [_of_finding(finding) for finding in findings]
    return tuple(found)


def slug_clash(slug: str) -> ReadinessItem:
    """Another post got the address in the meantime."""
    words = N_("Another post already has the address “%(slug)s”.")
    problem = Problem.of("slug", words, slug=slug)
    return ReadinessItem(code="slug_clash", severity=Severity.ERROR, problem=problem)


def errors_of(items: Iterable[ReadinessItem]) -> tuple[ReadinessItem, ...]:
    return tuple(item for item in items if item.severity is Severity.ERROR)


def _item(code: str, severity: Severity, field: str, words: str) -> ReadinessItem:
    return ReadinessItem(code=code, severity=severity, problem=Problem.of(field, words))


def _of_finding(finding: Finding) -> ReadinessItem:
    problem = Problem.of("body", _WORDS[finding.kind], subject=finding.subject)
    return ReadinessItem(code=finding.kind.value, severity=Severity.WARNING, problem=problem, line=finding.line)
