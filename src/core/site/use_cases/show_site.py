from dataclasses import dataclass

from core.access import Access, Action
from core.site.entities import SiteSettings
from core.site.storage import SiteStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowSite:
    """Anybody reads what the site says about itself."""

    access: Access
    site: SiteStorage

    async def __call__(self) -> SiteSettings:
        self.access.require(Action.READ_SITE)
        return await self.site.get()
