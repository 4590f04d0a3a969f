from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.resources import ResourceStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteResource:
    """An editor takes a resource out of the library, and off all questions; the answer is how many had it. Refused with
    ResourceNotFound or StaleVersion."""

    access: Access
    resources: ResourceStorage
    transaction: Transaction

    async def __call__(self, resource_id: str, *, expected: int | None = None) -> int:
        self.access.require(Action.EDIT_RESOURCES)
        resource = await self.resources.get(resource_id)
        if expected is not None and expected != resource.version:
            raise StaleVersion(current=resource.version)
        count = await self.resources.delete(resource)
        await self.transaction.commit()
        return count
