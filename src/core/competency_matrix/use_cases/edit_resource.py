from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.resources import Resource, ResourceStorage
from core.errors import StaleVersion
from core.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class EditResource:
    """An editor changes the name or the address of a resource, wherever it is attached. Refused with ResourceNotFound,
    Invalid, UrlTaken or StaleVersion."""

    access: Access
    resources: ResourceStorage
    transaction: Transaction

    async def __call__(self, resource_id: str, *, name: str, url: str, expected: int | None = None) -> Resource:
        self.access.require(Action.EDIT_RESOURCES)
        resource = await self.resources.get(resource_id)
        if expected is not None and expected != resource.version:
            raise StaleVersion(current=resource.version)
        changed = resource.changed_to(name=name, url=url)
        if changed == resource:
            return resource
        saved = await self.resources.save(changed)
        await self.transaction.commit()
        return saved
