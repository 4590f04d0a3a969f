from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.competency_matrix.cards import QuestionCard
from core.competency_matrix.resources import Resource, ResourceStorage
from core.competency_matrix.storage import QuestionFilter, QuestionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownResource:
    """*used_in* are the questions that it is attached to, none from the trash."""

    resource: Resource
    used_in: Sequence[QuestionCard]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowResource:
    """An editor sees a resource and where it is used. Refused with ResourceNotFound."""

    access: Access
    questions: QuestionStorage
    resources: ResourceStorage
    clock: Clock

    async def __call__(self, resource_id: str, *, lang: str) -> ShownResource:
        self.access.require(Action.EDIT_RESOURCES)
        resource = await self.resources.get(resource_id)
        wanted = QuestionFilter(now=self.clock.now(), status=None, resource=resource.id)
        return ShownResource(resource=resource, used_in=await self.questions.list_cards(wanted, lang=lang))
