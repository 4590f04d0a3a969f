from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.resources import Resource, ResourceStorage, new_resource
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddResource:
    """Whoever may write puts something worth reading into the library. Refused with Invalid or UrlTaken."""

    access: Access
    resources: ResourceStorage
    transaction: Transaction

    async def __call__(self, *, name: str, url: str) -> Resource:
        self.access.require(Action.DRAFT_QUESTION)
        resource = await self.resources.add(new_resource(name=name, url=url))
        await self.transaction.commit()
        return resource
