from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.users.entities import Session
from core.users.oneself import oneself
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSessions:
    """A member sees where she is signed in, the last used first."""

    access: Access
    users: UserStorage
    sessions: SessionStorage
    clock: Clock

    async def __call__(self) -> Sequence[Session]:
        self.access.require(Action.READ_SESSION)
        user, now = await oneself(self.users, self.access), self.clock.now()
        live = [session for session in await self.sessions.list_of(user.id) if session.is_live(now)]
        return [session for session in live if self.access.can(Action.READ_SESSION, on=session)]
