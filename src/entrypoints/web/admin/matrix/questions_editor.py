"""The form of a question, as it stands or as it was typed and refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.access import Action
from core.blog.use_cases.list_desk_posts import ListDeskPosts
from core.clock import Clock
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotReady
from core.competency_matrix.texts import QuestionText, folded
from core.competency_matrix.use_cases.check_double import CheckDouble, Doubles
from core.competency_matrix.use_cases.list_resources import ListResources
from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion, ShowDeskQuestion
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Conflict, Invalid, StaleVersion
from entrypoints.web.admin.matrix import questions_forms as forms
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.attaching import Attaching
from entrypoints.web.admin.matrix.ground import Ground, ground_of
from entrypoints.web.admin.matrix.questions_conflicts import QuestionConflicts
from entrypoints.web.forms import parsed, shown
from entrypoints.web.pages.matrix.marks import FREQUENCIES
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views import Choice, Form
from entrypoints.web.views import matrix_question as views
from entrypoints.web.words import LANGUAGES

LIBRARY_SHOWN = 200
POSTS_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form with what the page shows beside it."""

    form: Form
    rows: tuple[views.ResourceRow, ...] = ()
    chosen: frozenset[str] = frozenset()
    doubles: views.DoublesFragment = field(default_factory=views.DoublesFragment)
    preview: views.QuestionPreview = field(default_factory=views.QuestionPreview)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEditor:
    pages: Pages
    show_matrix: ShowMatrix
    show_question: ShowDeskQuestion
    list_resources: ListResources
    list_posts: ListDeskPosts
    check_double: CheckDouble
    preview_question: PreviewQuestion
    attaching: Attaching
    conflicts: QuestionConflicts
    clock: Clock

    @property
    def lang(self) -> str:
        return self.pages.settings.locale

    async def text(self, values: Mapping[str, str]) -> QuestionText:
        """What was typed, its resources in the library. Raises Invalid."""
        form = parsed(forms.QuestionForm, values)
        rows = forms.in_order(forms.rows_in(values))
        form.words()
        return form.text(values, await self.attaching.attach(rows))

    async def new(self, given: Mapping[str, str]) -> Page:
        values = {name: given.get(name, "")[:400] for name in ("subsection_id", "grade", "question")}
        return await self._show(None, Typed(form=Form(values=values)))

    async def edit(self, found: DeskQuestion) -> Page:
        question = found.question
        self.pages.access.require(Action.EDIT_QUESTION, on=question)
        values = {**forms.text_values(question.text), "version": str(question.version)}
        preview = shapes.preview(question.own, question.lang, question.lacks(), self.pages.catalogue)
        rows = shapes.resource_rows(found.resources)
        typed = Typed(form=Form(values=values), rows=rows, chosen=frozenset(question.evidence), preview=preview)
        return await self._show(found, typed)

    async def doubles_of(self, alike: Doubles) -> views.DoublesFragment:
        ground = await self._ground() if alike.cards else None
        items = tuple(ground.item(card, self.pages.access) for card in alike.cards) if ground else ()
        return views.DoublesFragment(items=items, is_exact=alike.is_exact)

    async def unconfirmed(self, values: Mapping[str, str], own: Question | None) -> views.DoublesFragment | None:
        """What says the same as the question that was typed, unless that is old or was said to be another one."""
        form = parsed(forms.QuestionForm, values)
        if form.confirmed or (own is not None and folded(own.title) == folded(form.question)):
            return None
        doubles = await self.doubles_of(await self.check_double(form.question, own=own.id if own else None))
        return replace(doubles, must_confirm=True) if doubles.is_exact else None

    async def confirm(self, values: Mapping[str, str], question_id: str | None, doubles: views.DoublesFragment) -> Page:
        """The form as it was typed, and what is there already."""
        found = await self.show_question(question_id) if question_id else None
        form = shown(values, catalogue=self.pages.catalogue)
        return await self._show(found, await self._typed(values, form, doubles), status=422)

    async def refused(self, error: Invalid | Conflict, values: Mapping[str, str], question_id: str | None) -> Page:
        """The form as it was typed, with what is wrong beside the fields; never a lost word."""
        found = await self.show_question(question_id) if question_id else None
        if found is not None and isinstance(error, StaleVersion):
            return await self.conflicts.show(found, values)
        problems = error.problems if isinstance(error, Invalid | QuestionNotReady) else ()
        problems = forms.placed(problems, forms.in_order(forms.rows_in(values)))
        message = "" if isinstance(error, Invalid) else self.pages.catalogue.error(error)
        kept = {**values, "version": str(found.question.version) if found else ""}
        form = shown(kept, catalogue=self.pages.catalogue, problems=problems, message=message)
        typed = await self._typed(values, form, views.DoublesFragment())
        return await self._show(found, typed, status=409 if isinstance(error, Conflict) else 422)

    async def _typed(self, values: Mapping[str, str], form: Form, doubles: views.DoublesFragment) -> Typed:
        try:
            made = await self.preview_question(forms.words_in(values), lang=self.lang)
            preview = shapes.preview(made.shown, self.lang, made.lacks, self.pages.catalogue)
        except Invalid:
            preview = views.QuestionPreview()
        chosen = frozenset(forms.evidence_in({name: "" for name in values if name.startswith(forms.EVIDENCE)}))
        return Typed(form=form, rows=forms.rows_in(values), chosen=chosen, doubles=doubles, preview=preview)

    async def _show(self, found: DeskQuestion | None, typed: Typed, *, status: int = 200) -> Page:
        ground = Ground(sheets=found.sheets, settings=found.settings) if found else await self._ground()
        question, now, say = found.question if found else None, self.clock.now(), self.pages.catalogue
        lang = question.lang if question else self.lang
        page = views.QuestionEditPage(
            form=typed.form,
            schedule=shapes.schedule_of(question, self.pages.settings.time_zone, now),
            lang=lang,
            question=shapes.desk_question(question, ground, self.pages.access, now) if question else None,
            places=ground.place_groups(),
            grades=ground.grade_choices(),
            frequencies=tuple(Choice(value=one.value, label=say.gettext(words)) for one, words in FREQUENCIES.items()),
            languages=tuple(choice for choice in LANGUAGES if choice.value != lang),
            resources=forms.with_empty(typed.rows),
            library=await self._library(),
            evidence=await self._evidence(found, typed.chosen),
            doubles=typed.doubles,
            preview=typed.preview,
        )
        return self.pages.show("admin/matrix/edit.html", page, status=status)

    async def _ground(self) -> Ground:
        return ground_of(await self.show_matrix())

    async def _library(self) -> tuple[Choice, ...]:
        if not self.pages.access.can(Action.DRAFT_QUESTION):
            return ()
        found = await self.list_resources(size=LIBRARY_SHOWN)
        return tuple(Choice(value=resource.url, label=resource.name) for resource, _ in found.items)

    async def _evidence(self, found: DeskQuestion | None, chosen: frozenset[str]) -> tuple[views.EvidenceChoice, ...]:
        links = found.evidence if found else ()
        posts = (
            (await self.list_posts(size=POSTS_SHOWN)).items
            if self.pages.access.can(Action.READ_UNPUBLISHED_POST)
            else ()
        )
        return shapes.evidence_choices(links, posts, chosen, self.lang, self.clock.now())
