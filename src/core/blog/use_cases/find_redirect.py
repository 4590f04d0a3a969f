from dataclasses import dataclass

from core.access import Access, Action
from core.blog.addresses import RedirectStorage
from core.clock import Clock

PATH_LENGTH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FindRedirect:
    """Anybody who comes with an address that nothing has any more is told where it leads now: None when nowhere, or
    to what cannot be read."""

    access: Access
    redirects: RedirectStorage
    clock: Clock

    async def __call__(self, path: str) -> str | None:
        self.access.require(Action.READ_POST)
        if len(path) > PATH_LENGTH:
            return None
        found = await self.redirects.find(path, now=self.clock.now())
        return found.url if found else None
