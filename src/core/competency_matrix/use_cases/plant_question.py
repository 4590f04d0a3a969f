from dataclasses import dataclass, replace
from datetime import datetime

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.composing import QuestionComposer
from core.competency_matrix.consequences import QuestionConsequences
from core.competency_matrix.entities import Question, new_question
from core.competency_matrix.planting import QuestionCode, shelve, text_of
from core.competency_matrix.resources import ResourceStorage
from core.competency_matrix.storage import QuestionStorage
from core.competency_matrix.structure import SheetStorage
from core.errors import Invalid, Problem
from core.identity import UserId
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantedQuestion:
    question: Question
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantQuestion:
    """The operator puts a question of a site's folder into the site, at the end of its cell, where its slug never
    existed or when *overwrite* says so. Public since *published_at*, or since it was, or from now on; or else a draft.
    Resources that the library lacks are added to it. Refused with Invalid or QuestionNotReady."""

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
        if not code.slug:
            raise Invalid(Problem.of("slug", N_("An address is needed: small letters, digits and hyphens.")))
        found = await self.questions.find_by_slug(code.slug)
        if found is not None and not overwrite:
            return PlantedQuestion(question=found, is_changed=False)
        lang = found.lang if found else lang
        text = text_of(code, await self.sheets.list_sheets(), await self.sheets.settings())
        text = self.composer.checked(text, lang=lang)
        composed, set_ = await self.composer.compose(text, lang=lang, own=found)
        composed = replace(composed, resources=await shelve(code.resources, self.resources))
        now = self.clock.now()
        at = published_at or (found.published_at if found else None) or now
        blank = found or new_question(composed, set_, author_id=author_id, at=at)
        planted = replace(blank.restore(), is_public=False, published_at=None).edit(
            composed, set_, at=now if found else at
        )
        if is_public:
            planted = planted.publish(at=at, now=now)
        if planted == found:
            return PlantedQuestion(question=planted, is_changed=False)
        kept = await (self.questions.save(planted) if found else self.questions.add(planted))
        await self.question_consequences.follow(found, kept)
        await self.transaction.commit()
        return PlantedQuestion(question=kept, is_changed=True)
