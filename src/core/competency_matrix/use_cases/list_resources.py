from dataclasses import dataclass

from core.access import Access, Action
from core.competency_matrix.errors import ResourceNotFound
from core.competency_matrix.resources import Resource, ResourceStorage
from core.pagination import NumberedPage

TEXT_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ListResources:
    """Whoever may write looks through the library, each with how many questions it is attached to. Refused with
    ResourceNotFound beyond the last page."""

    access: Access
    resources: ResourceStorage

    async def __call__(self, text: str = "", *, number: int = 1, size: int = 50) -> NumberedPage[tuple[Resource, int]]:
        self.access.require(Action.DRAFT_QUESTION)
        page = await self.resources.list_numbered(text=text.strip()[:TEXT_LENGTH], number=max(1, number), size=size)
        if page.is_out_of_range:
            raise ResourceNotFound
        return page
