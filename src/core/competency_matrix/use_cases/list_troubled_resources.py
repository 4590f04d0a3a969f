from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.resources import Resource, ResourceStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTroubledResources:
    """An editor sees which links were dead when they were checked last."""

    access: Access
    resources: ResourceStorage

    async def __call__(self) -> Sequence[Resource]:
        self.access.require(Action.EDIT_RESOURCES)
        return await self.resources.list_troubled()
