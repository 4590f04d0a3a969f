"""What a writer types about a question."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from core.competency_matrix.grades import GradeKey
from core.errors import Problem
from core.locales import LOCALES
from core.slugs import slug_problem
from core.text import N_

QUESTION_LENGTH = 300
HINT_LENGTH = 300
ANSWER_LENGTH = 100_000
EXPECTATION_LENGTH = 20_000
WHY_LENGTH = 300
RESOURCES_MAX = 20
EVIDENCE_MAX = 20


class Frequency(StrEnum):
    """How often it is asked in interviews."""

    CONSTANTLY = "constantly"
    OFTEN = "often"
    RARELY = "rarely"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A resource of the library at a question: *why* it is worth reading there."""

    resource_id: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What is said in one language: the question itself, the answer and what an interviewer expects to hear (both
    Markdown), and a hint that helps without giving the answer away."""

    question: str
    answer: str = ""
    expectation: str = ""
    hint: str = ""

    def problems(self, path: str = "") -> list[Problem]:
        limits = (
            ("question", QUESTION_LENGTH),
            ("hint", HINT_LENGTH),
            ("answer", ANSWER_LENGTH),
            ("expectation", EXPECTATION_LENGTH),
        )
        return [
            Problem.of(path + name, N_("At most %(limit)d characters, please."), limit=limit)
            for name, limit in limits
            if len(getattr(self, name)) > limit
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionText:
    """What a writer types, not yet checked. The wording in the site's own language stands here itself, those in others
    under *translations* by language. An empty *slug* asks for one made from the question. *evidence* are ids of the
    owner's posts that show the skill."""

    subsection_id: str
    question: str
    answer: str = ""
    expectation: str = ""
    hint: str = ""
    slug: str = ""
    grade: GradeKey | None = None
    frequency: Frequency | None = None
    resources: tuple[Attachment, ...] = ()
    evidence: tuple[str, ...] = ()
    translations: Mapping[str, Wording] = field(default_factory=dict)

    @property
    def wording(self) -> Wording:
        return Wording(question=self.question, answer=self.answer, expectation=self.expectation, hint=self.hint)

    def problems(self, *, lang: str) -> list[Problem]:
        """What is wrong with any field, at a site whose own language is *lang*. A draft may lack nearly everything."""
        found = [problem] if self.slug and (problem := slug_problem(self.slug)) else []
        found += self.wording.problems()
        for other, wording in self.translations.items():
            if other not in LOCALES or other == lang:
                found.append(Problem.of(f"translations.{other}", N_("Choose one of the languages offered.")))
            found += wording.problems(f"translations.{other}.")
            if not wording.question.strip():
                found.append(Problem.of(f"translations.{other}.question", N_("Write the question.")))
        return [*found, *self._attachment_problems()]

    def _attachment_problems(self) -> list[Problem]:
        found = []
        if len(self.resources) > RESOURCES_MAX:
            found.append(Problem.of("resources", N_("At most %(limit)d entries, please."), limit=RESOURCES_MAX))
        if len({attachment.resource_id for attachment in self.resources}) < len(self.resources):
            found.append(Problem.of("resources", N_("The same resource is there twice.")))
        for place, attachment in enumerate(self.resources):
            if len(attachment.why) > WHY_LENGTH:
                words = N_("At most %(limit)d characters, please.")
                found.append(Problem.of(f"resources.{place}.why", words, limit=WHY_LENGTH))
        if len(self.evidence) > EVIDENCE_MAX:
            found.append(Problem.of("evidence", N_("At most %(limit)d entries, please."), limit=EVIDENCE_MAX))
        return found


def folded(name: str) -> str:
    """*name* as it is compared: whatever the case, and the space around and between its words."""
    return " ".join(name.casefold().split())


def fingerprint(question: str) -> str:
    """The same for questions that only case and space tell apart."""
    return hashlib.sha256(folded(question).encode()).hexdigest()
