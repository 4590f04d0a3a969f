from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question, SetText, new_question
from core.competency_matrix.planting import PlantedQuestion, QuestionCode, ground_of, known_evidence, shelve, text_of
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.competency_matrix.texts import QuestionText
from core.identity import UserId
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantQuestion:
    """The operator puts a question of a site's folder into the site, at the end of its cell, where its slug never
    existed or when *overwrite* says so. Public since *published_at*, or since it was, or from now on; or else a draft.
    Sections and resources that are not there yet come with it. Refused with Invalid or QuestionNotReady."""

    access: Access
    sheets: SheetStorage
    questions: QuestionStorage
    resources: ResourceStorage
    composer: QuestionComposer
    question_consequences: QuestionConsequences
    clock: Clock
    transaction: Transaction

    async def __call__(
        self,
        code: QuestionCode,
        *,
        lang: str,
        is_public: bool = True,
        published_at: datetime | None = None,
        author_id: UserId | None = None,
        overwrite: bool = False,
    ) -> PlantedQuestion:
        self.access.require(Action.APPLY_SITE)
        found = await self.questions.find_by_slug(code.checked_slug())
        if found is not None and not overwrite:
            return PlantedQuestion(question=found, is_changed=False)
        text, set_, missing = await self._set(code, found.lang if found else lang, found)
        now = self.clock.now()
        at = published_at or (found.published_at if found else None) or now
        blank = found or new_question(text, set_, author_id=author_id, at=at)
        hidden = replace(blank.restore(), is_public=False, published_at=None)
        planted = hidden.edit(text, set_, at=now if found else at)
        if is_public:
            planted = planted.publish(at=at, now=now)
        if planted == found:
            return PlantedQuestion(question=planted, is_changed=False, missing=missing)
        await self.composer.hold((found, planted))
        kept = await (self.questions.save(planted) if found else self.questions.add(planted))
        await self.question_consequences.follow(found, kept)
        await self.transaction.commit()
        return PlantedQuestion(question=kept, is_changed=True, missing=missing)

    async def _set(
        self, code: QuestionCode, lang: str, found: Question | None
    ) -> tuple[QuestionText, SetText, Sequence[str]]:
        sheets = await self.sheets.list_sheets()
        ground = ground_of(code, sheets)
        there = await known_evidence(code, self.questions, now=self.clock.now())
        text = replace(text_of(code, ground, await self.sheets.settings()), evidence=there)
        text = self.composer.checked(text, lang=lang)
        composed, set_ = await self.composer.compose(replace(text, resources=()), lang=lang, own=found, ground=ground)
        if ground not in sheets:
            await self.sheets.save(ground)
        composed = replace(composed, resources=await shelve(code.resources, self.resources))
        return composed, set_, [name for name in code.evidence if name not in there]
