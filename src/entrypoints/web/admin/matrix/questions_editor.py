"""The form of a question, as it stands, as it was kept aside, or as it was typed and refused."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.access import Action
from core.clock import Clock
from core.competency_matrix.cards import EvidenceLink
from core.competency_matrix.entities import Question
from core.competency_matrix.errors import QuestionNotReady
from core.competency_matrix.history import QuestionCopy
from core.competency_matrix.texts import QuestionText, folded
from core.competency_matrix.use_cases.check_double import CheckDouble, Doubles
from core.competency_matrix.use_cases.preview_question import PreviewQuestion
from core.competency_matrix.use_cases.show_desk_question import DeskQuestion, ShowDeskQuestion
from core.competency_matrix.use_cases.show_matrix import ShowMatrix
from core.errors import Conflict, Invalid, StaleVersion
from core.media.entities import UPLOAD_BYTES
from core.media.use_cases.list_media import ListMedia
from core.text import N_
from entrypoints.web.admin.matrix import questions_forms as forms
from entrypoints.web.admin.matrix import questions_shapes as shapes
from entrypoints.web.admin.matrix.attaching import Attaching
from entrypoints.web.admin.matrix.choosing import Choosing, Library
from entrypoints.web.admin.matrix.ground import Ground, ground_of
from entrypoints.web.admin.matrix.questions_conflicts import QuestionConflicts
from entrypoints.web.admin.shapes import media_item
from entrypoints.web.forms import parsed, shown
from entrypoints.web.pages.matrix.marks import FREQUENCIES
from entrypoints.web.rendering import Page, Pages
from entrypoints.web.views import Choice, Form, MediaItem, SavedFragment
from entrypoints.web.views import matrix_question as views
from entrypoints.web.views.matrix_desk import QUESTIONS
from entrypoints.web.words import LANGUAGES

PICTURES_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A form with what the page shows beside it."""

    form: Form
    rows: tuple[views.ResourceRow, ...] = ()
    chosen: tuple[str, ...] = ()
    doubles: views.DoublesFragment = field(default_factory=views.DoublesFragment)
    preview: views.QuestionPreview = field(default_factory=views.QuestionPreview)
    aside_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionEditor:
    pages: Pages
    show_matrix: ShowMatrix
    show_question: ShowDeskQuestion
    list_media: ListMedia
    check_double: CheckDouble
    preview_question: PreviewQuestion
    attaching: Attaching
    choosing: Choosing
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

    async def edit(self, found: DeskQuestion, copy: QuestionCopy | None) -> Page:
        """The question as it stands, or what this person kept aside of it."""
        question = found.question
        self.pages.access.require(Action.EDIT_QUESTION, on=question)
        if copy is not None:
            values = {**copy.typed, "version": str(copy.base_version)}
            typed = await self._typed(values, Form(values=values))
            return await self._show(found, replace(typed, aside_at=copy.saved_at))
        values = {**forms.text_values(question.text), "version": str(question.version)}
        preview = shapes.preview(question.own, question.lang, question.lacks(), self.pages.catalogue)
        rows = shapes.resource_rows(found.resources)
        typed = Typed(form=Form(values=values), rows=rows, chosen=question.evidence, preview=preview)
        return await self._show(found, typed)

    def saved(self, question: Question, *, aside_of: int | None = None) -> Page:
        """The answer to a save by itself. What is kept aside goes on from the version that it began with."""
        fragment = SavedFragment(
            action=f"{QUESTIONS}/{question.id}", version=question.version, saved_at=self.clock.now()
        )
        if aside_of is not None:
            is_stale = aside_of != question.version
            fragment = replace(fragment, version=aside_of, is_aside=True, is_conflict=is_stale)
        return self.pages.fragment("admin/_saved.html", page=fragment)

    async def more(self, values: Mapping[str, str], question_id: str | None) -> Page:
        """The form as it was typed, with more to choose from."""
        self.pages.access.require(Action.DRAFT_QUESTION)
        found = await self.show_question(question_id) if question_id else None
        return await self._show(found, await self._typed(values, shown(values, catalogue=self.pages.catalogue)))

    async def attached(self, values: Mapping[str, str], library: Library) -> Page:
        form = shown(values, catalogue=self.pages.catalogue)
        page = await self.choosing.attached(form, forms.rows_in(values), library)
        return self.pages.fragment("admin/matrix/_attached.html", page=page)

    async def evidence(self, values: Mapping[str, str], named: Sequence[EvidenceLink]) -> Page:
        form = shown(values, catalogue=self.pages.catalogue)
        page = await self.choosing.evidence(form, [link.post_id for link in named], named)
        return self.pages.fragment("admin/matrix/_evidence.html", page=page)

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
        if self.pages.is_htmx:
            words = self.pages.catalogue.gettext(N_("This question is here already."))
            return self._unsaved(words, values, question_id, 422)
        found = await self.show_question(question_id) if question_id else None
        form = shown(values, catalogue=self.pages.catalogue)
        return await self._show(found, replace(await self._typed(values, form), doubles=doubles), status=422)

    async def refused(self, error: Invalid | Conflict, values: Mapping[str, str], question_id: str | None) -> Page:
        """The form as it was typed, with what is wrong beside the fields; never a lost word."""
        problems = error.problems if isinstance(error, Invalid | QuestionNotReady) else ()
        status = 409 if isinstance(error, Conflict) else 422
        if self.pages.is_htmx:
            say, is_stale = self.pages.catalogue, isinstance(error, StaleVersion)
            words = " ".join(say.problem(problem) for problem in problems) or say.error(error)
            return self._unsaved(words, values, question_id, status, is_conflict=is_stale)
        found = await self.show_question(question_id) if question_id else None
        if found is not None and isinstance(error, StaleVersion):
            return await self.conflicts.show(found, values)
        problems = forms.placed(problems, forms.in_order(forms.rows_in(values)))
        message = "" if isinstance(error, Invalid) else self.pages.catalogue.error(error)
        kept = {**values, "version": str(found.question.version) if found else ""}
        form = shown(kept, catalogue=self.pages.catalogue, problems=problems, message=message)
        return await self._show(found, await self._typed(values, form), status=status)

    def _unsaved(
        self,
        message: str,
        values: Mapping[str, str],
        question_id: str | None,
        status: int,
        *,
        is_conflict: bool = False,
    ) -> Page:
        """The answer to a save by itself that was refused."""
        fragment = SavedFragment(
            action=f"{QUESTIONS}/{question_id}" if question_id else QUESTIONS,
            version=parsed(forms.QuestionForm, values).expected or 0,
            message=message,
            is_conflict=is_conflict,
        )
        return self.pages.fragment("admin/_saved.html", status=status, page=fragment)

    async def _typed(self, values: Mapping[str, str], form: Form) -> Typed:
        try:
            made = await self.preview_question(forms.words_in(values), lang=self.lang)
            preview = shapes.preview(made.shown, self.lang, made.lacks, self.pages.catalogue)
        except Invalid:
            preview = views.QuestionPreview()
        return Typed(form=form, rows=forms.rows_in(values), chosen=forms.evidence_in(values), preview=preview)

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
            attached=await self.choosing.attached(typed.form, typed.rows, await self.choosing.library(typed.form)),
            evidence=await self.choosing.evidence(typed.form, typed.chosen, found.evidence if found else ()),
            upload_bytes=UPLOAD_BYTES,
            pictures=await self._pictures(),
            saved_at=question.updated_at if question and not typed.form.is_refused else None,
            aside_at=typed.aside_at,
            doubles=typed.doubles,
            preview=typed.preview,
        )
        return self.pages.show("admin/matrix/edit.html", page, status=status)

    async def _ground(self) -> Ground:
        return ground_of(await self.show_matrix())

    async def _pictures(self) -> tuple[MediaItem, ...]:
        if not self.pages.access.can(Action.UPLOAD_MEDIA):
            return ()
        newest = await self.list_media(limit=PICTURES_SHOWN)
        return tuple(media_item(media, self.pages.access) for media in newest.items)
