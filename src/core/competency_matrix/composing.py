"""From what was typed about a question to what is kept: its place, its address, its HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from core.clock import Clock
from core.competency_matrix.entities import Question, RenderedWordings, SetText, SetWording, rendered_wording
from core.competency_matrix.errors import PlaceNotFound, QuestionSlugTaken
from core.competency_matrix.grades import GradeKey
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.sheets import Sheet, sheet_with
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.texts import QuestionText, Wording
from core.errors import Invalid, Problem, refuse_if_any
from core.markdown import MarkdownRenderer, Surroundings, SurroundingsStorage, mentioned
from core.slugs import SLUG_LENGTH, SlugMaker, numbered, slug_problem
from core.text import N_
from core.transaction import Transaction

FALLBACK_SLUG = "question"
_ROOM_FOR_NUMBER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionComposer:
    """Asks the site what a question needs to know of it, and renders its texts."""

    questions: QuestionStorage
    sheets: SheetStorage
    resources: ResourceStorage
    markdown: MarkdownRenderer
    surroundings: SurroundingsStorage
    slugs: SlugMaker
    clock: Clock
    transaction: Transaction

    def checked(self, text: QuestionText, *, lang: str) -> QuestionText:
        """*text* without space that means nothing, and without translations that say nothing. Raises Invalid."""
        kept = {other: _tidy(wording) for other, wording in text.translations.items() if _says_something(wording)}
        own = _tidy(text.wording)
        cleaned = replace(text, question=own.question, hint=own.hint, slug=text.slug.strip(), translations=kept)
        refuse_if_any(cleaned.problems(lang=lang))
        return cleaned

    async def compose(
        self, text: QuestionText, *, lang: str, own: Question | None = None, ground: Sheet | None = None
    ) -> tuple[QuestionText, SetText]:
        """*text* (checked) with the ids of its evidence, and what is to be kept of it. *ground* is the sheet that it
        stands in, as it will be saved. Raises Invalid or QuestionSlugTaken."""
        text, sheet = await self._placed(text, own, ground)
        slug = await self.free_slug(text, own=own.slug if own else None)
        rendered = await self.render({lang: text.wording, **text.translations})
        set_ = SetText(
            slug=slug,
            sheet_id=sheet.id,
            lang=lang,
            wordings=rendered.wordings,
            renderer_version=rendered.renderer_version,
            mentions=rendered.mentions,
        )
        return text, set_

    async def hold(self, *changes: tuple[Question | None, Question]) -> None:
        """The subsections that questions come into (before, if they stood elsewhere, and after) stay until they are
        kept. Raises Invalid when somebody has just deleted one."""
        moved = [after for before, after in changes if before is None or before.subsection_id != after.subsection_id]
        for sheet_id, subsection_id in sorted({(after.sheet_id, after.subsection_id) for after in moved}):
            try:
                await self.sheets.hold(sheet_id, subsection_id)
            except PlaceNotFound:
                raise Invalid(Problem.of("subsection_id", N_("Choose the section that it belongs in."))) from None

    async def free_slug(self, text: QuestionText, *, own: str | None = None) -> str:
        """The address that *text* asks for, or one made from the question and numbered until it is free; *own* is the
        one that it has. Raises QuestionSlugTaken when an asked one belongs to another question."""
        if own is not None and text.slug in ("", own):
            return own
        if text.slug:
            if await self.questions.find_by_slug(text.slug):
                raise QuestionSlugTaken(text.slug)
            return text.slug
        made = self.slugs.make(text.question)[: SLUG_LENGTH - _ROOM_FOR_NUMBER].strip("-")
        base = made if made and slug_problem(made) is None else f"{FALLBACK_SLUG}-{made}".strip("-")
        slug, number = base, 1
        while await self.questions.find_by_slug(slug):
            number += 1
            slug = numbered(base, number)
        return slug

    async def render(self, wordings: Mapping[str, Wording]) -> RenderedWordings:
        """The HTML with all that the site knows of what they speak of; no connection is held meanwhile."""
        sources = [source for said in wordings.values() for source in (said.answer, said.expectation)]
        around = await self.surroundings.look(mentioned("\n".join(sources)))
        await self.transaction.rest()
        found: dict[str, SetWording] = {}
        mentions: set[str] = set()
        for lang, wording in wordings.items():
            found[lang], said = await self._rendered(wording, lang, around)
            mentions |= said
        return RenderedWordings(
            wordings=found, mentions=tuple(sorted(mentions)), renderer_version=self.markdown.version
        )

    async def _rendered(self, wording: Wording, lang: str, around: Surroundings) -> tuple[SetWording, set[str]]:
        answer = await self.markdown.render(wording.answer, lang=lang, around=around)
        expectation = await self.markdown.render(wording.expectation, lang=lang, around=around)
        return rendered_wording(wording, answer, expectation), {*answer.mentions, *expectation.mentions}

    async def brought_back(self, text: QuestionText, own: Question) -> QuestionText:
        """An earlier *text* of *own* as it can stand now: where that is, without what has gone since."""
        wanted = [attachment.resource_id for attachment in text.resources]
        library = {resource.id for resource in await self.resources.list_many(wanted)} if wanted else set()
        found = await self.questions.list_evidence(text.evidence, now=self.clock.now()) if text.evidence else ()
        posts = {link.post_id for link in found}
        settings = await self.sheets.settings()
        return replace(
            text,
            slug=own.slug,
            subsection_id=own.subsection_id,
            grade=text.grade if settings.grade(text.grade) else own.grade,
            resources=tuple(one for one in text.resources if one.resource_id in library),
            evidence=tuple(post_id for post_id in text.evidence if post_id in posts),
            translations={lang: said for lang, said in text.translations.items() if lang != own.lang},
        )

    async def find_cell(self, subsection_id: str | None, grade: GradeKey | None) -> Sheet | None:
        """The sheet of the subsection; None leaves each as it is. Raises Invalid for what does not exist."""
        problems = await self._grade_problems(grade)
        sheet = sheet_with(subsection_id, await self.sheets.list_sheets()) if subsection_id is not None else None
        if subsection_id is not None and sheet is None:
            problems.append(Problem.of("subsection_id", N_("Choose the section that it belongs in.")))
        refuse_if_any(problems)
        return sheet

    async def _grade_problems(self, grade: GradeKey | None) -> list[Problem]:
        if grade is None or (await self.sheets.settings()).grade(grade) is not None:
            return []
        return [Problem.of("grade", N_("Choose one of the grades of the matrix."))]

    async def _placed(
        self, text: QuestionText, own: Question | None, ground: Sheet | None
    ) -> tuple[QuestionText, Sheet]:
        sheet = ground or sheet_with(text.subsection_id, await self.sheets.list_sheets())
        problems = await self._grade_problems(text.grade)
        problems += await self._missing_resources(text)
        evidence, missing = await self._evidence(text, own)
        problems += missing
        if sheet is None:
            nowhere = Problem.of("subsection_id", N_("Choose the section that it belongs in."))
            raise Invalid(nowhere, *problems)
        refuse_if_any(problems)
        return replace(text, evidence=evidence), sheet

    async def _missing_resources(self, text: QuestionText) -> list[Problem]:
        wanted = [attachment.resource_id for attachment in text.resources]
        found = {resource.id for resource in await self.resources.list_many(wanted)} if wanted else set()
        words = N_("There is no such resource.")
        return [
            Problem.of(f"resources.{place}.resource_id", words)
            for place, resource_id in enumerate(wanted)
            if resource_id not in found
        ]

    async def _evidence(self, text: QuestionText, own: Question | None) -> tuple[tuple[str, ...], list[Problem]]:
        """The ids of its posts, each once. One that has been deleted since may stay."""
        found = await self.questions.list_evidence(text.evidence, now=self.clock.now()) if text.evidence else ()
        ids = {name: link.post_id for link in found for name in (link.slug, link.post_id)}
        ids |= {post_id: post_id for post_id in (own.evidence if own else ()) if post_id not in ids}
        words = N_("There is no such post.")
        problems = [
            Problem.of(f"evidence.{place}", words) for place, name in enumerate(text.evidence) if name not in ids
        ]
        return tuple(dict.fromkeys(ids[name] for name in text.evidence if name in ids)), problems


def _tidy(wording: Wording) -> Wording:
    return replace(wording, question=" ".join(wording.question.split()), hint=" ".join(wording.hint.split()))


def _says_something(wording: Wording) -> bool:
    return any(part.strip() for part in (wording.question, wording.hint, wording.answer, wording.expectation))
