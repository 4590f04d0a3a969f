"""Earlier states of a question as the desk names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.clock import Clock
from core.competency_matrix.history import QuestionRevision
from core.competency_matrix.texts import Frequency, QuestionText
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion
from core.diff import Difference
from core.text import N_
from entrypoints.web.admin.editor_shapes import diff_pieces
from entrypoints.web.admin.matrix import questions_forms as forms
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.ground import Ground
from entrypoints.web.admin.matrix.questions_conflicts import names_of
from entrypoints.web.pages.matrix.marks import FREQUENCIES
from entrypoints.web.rendering import Pages
from entrypoints.web.views import FieldDifference, RevisionItem, TextField
from entrypoints.web.views import matrix_question as views

GONE = N_("(not there any more)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Names what earlier states hold as ids."""

    found: DeskQuestion
    pages: Pages
    clock: Clock

    @property
    def ground(self) -> Ground:
        return Ground(sheets=self.found.sheets, settings=self.found.settings)

    @property
    def question(self) -> views.DeskQuestion:
        return shapes.desk_question(self.found.question, self.ground, self.pages.access, self.clock.now())

    def item(self, revision: QuestionRevision) -> RevisionItem:
        text = revision.text
        return RevisionItem(
            number=revision.number,
            saved_at=revision.saved_at,
            author=revision.saved_by_name,
            size=len(text.answer) + len(text.expectation),
            title=text.question,
            is_present=text == self.found.question.text,
        )

    def page(self, revision: QuestionRevision, *, problems: tuple[str, ...] = ()) -> views.QuestionRevisionPage:
        said = {**forms.text_values(revision.text), **_lists(revision.text)}
        fields = (
            TextField(name=name, value=self.named(name, value))
            for name, value in said.items()
            if value and not name.startswith((forms.RESOURCES, forms.EVIDENCE))
        )
        return views.QuestionRevisionPage(
            question=self.question, revision=self.item(revision), fields=tuple(fields), problems=problems
        )

    def difference(self, difference: Difference) -> FieldDifference:
        name = difference.field.replace(".", "-")
        return FieldDifference(
            name=name,
            old=self.named(name, difference.old),
            new=self.named(name, difference.new),
            pieces=diff_pieces(difference.changes),
        )

    def named(self, name: str, value: str) -> str:
        """*value* of the field as people read it."""
        if name == "frequency" and value in {one.value for one in Frequency}:
            return self.pages.catalogue.gettext(FREQUENCIES[Frequency(value)])
        if name not in ("subsection_id", "grade", "resources", "evidence"):
            return value
        gone = self.pages.catalogue.gettext(GONE)
        names = names_of(self.found, self.ground)
        lines = []
        for line in value.splitlines():
            first, _, rest = line.partition(" ")
            lines.append(f"{names.get(first, gone)}{': ' if rest else ''}{rest}")
        return "\n".join(lines)


def _lists(text: QuestionText) -> Mapping[str, str]:
    return {
        "resources": "\n".join(f"{one.resource_id} {one.why}".strip() for one in text.resources),
        "evidence": "\n".join(text.evidence),
    }
