from dataclasses import dataclass

from core.access import Access, Action
from core.blog.import_runs import Import, ImportStorage
from core.pagination import Slice


@dataclass(frozen=True, slots=True, kw_only=True)
class ListImports:
    """The owner sees what was imported into the site, newest first, without the reports."""

    access: Access
    imports: ImportStorage

    async def __call__(self, *, limit: int = 20, cursor: str | None = None) -> Slice[Import]:
        self.access.require(Action.IMPORT_CONTENT)
        return await self.imports.list_newest(limit=limit, cursor=cursor)
