from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.resources import ResourceStorage
from core.errors import Invalid, Problem
from core.text import N_
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeResources:
    """An editor makes one of two resources: wherever *gone* was attached *into* is from now on. The answer is how many
    questions that changed. Refused with ResourceNotFound or Invalid."""

    access: Access
    resources: ResourceStorage
    transaction: Transaction

    async def __call__(self, gone: str, into: str) -> int:
        self.access.require(Action.EDIT_RESOURCES)
        if gone == into:
            raise Invalid(Problem.of("into", N_("Choose another resource than this one.")))
        left, kept = await self.resources.get(gone), await self.resources.get(into)
        count = await self.resources.merge(left.id, kept.id)
        await self.transaction.commit()
        return count
