from typing import Protocol

from core.site.entities import SiteSettings


class SiteStorage(Protocol):
    async def get(self) -> SiteSettings:
        """The settings as last committed; every active site has them."""
        ...

    async def save(self, settings: SiteSettings) -> SiteSettings:
        """Write them and return them with the next version. Raises StaleVersion when *settings.version* is not
        the one that stands. After the commit all workers see it within a second."""
        ...
