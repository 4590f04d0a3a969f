from dataclasses import replace

from core.errors import StaleVersion
from core.site.entities import SiteSettings


class MemorySite:
    def __init__(self, settings: SiteSettings) -> None:
        self.kept = settings

    async def get(self) -> SiteSettings:
        return self.kept

    async def save(self, settings: SiteSettings) -> SiteSettings:
        if settings.version != self.kept.version:
            raise StaleVersion(current=self.kept.version)
        self.kept = replace(settings, version=settings.version + 1)
        return self.kept
