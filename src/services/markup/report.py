"""What a text speaks of and what a reader would stumble over, gathered while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.markdown import Finding, FindingKind, LinkTarget, ShownPicture, Surroundings

REPORT = "report"


@dataclass(slots=True)
class Report:
    """*around* None: nothing of ours is known, so nothing is missed."""

    around: Surroundings | None
    mentions: set[str] = field(default_factory=set)
    pictures: int = 0
    _findings: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(sorted(self._findings, key=lambda finding: finding.line))

    def find(self, kind: FindingKind, line: int, subject: str = "") -> None:
        self._findings.append(Finding(kind=kind, line=line, subject=subject))

    def reach(self, target: str, *, line: int, subject: str) -> LinkTarget | None:
        """Where *target* is, if visitors find something there."""
        self.mentions.add(target)
        if self.around is None:
            return None
        found = self.around.targets.get(target)
        if found is None:
            self.find(FindingKind.BROKEN_LINK, line, subject)
        elif not found.is_public:
            self.find(FindingKind.HIDDEN_LINK, line, subject)
        return found if found and found.is_public else None

    def picture(self, key: str, *, line: int, subject: str, absent: FindingKind) -> ShownPicture | None:
        """What is known of the picture *key*; one that is not there is reported as *absent*."""
        self.mentions.add(f"media:{key}")
        if self.around is None:
            return None
        found = self.around.pictures.get(key)
        if found is None:
            self.find(absent, line, subject)
        return found


def report_of(env: Mapping[str, object]) -> Report:
    report = env[REPORT]
    if not isinstance(report, Report):
        raise TypeError("a text is rendered with a report")
    return report
