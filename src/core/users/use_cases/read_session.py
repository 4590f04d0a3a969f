from dataclasses import dataclass

from core.access import Access, Action
from core.identity import SessionId
from core.users.entities import Session
from core.users.storage import SessionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSession:
    """A member looks at one of her sessions, an owner at anybody's."""

    access: Access
    sessions: SessionStorage

    async def __call__(self, session_id: SessionId) -> Session:
        self.access.require(Action.READ_SESSION)
        session = await self.sessions.get(session_id)
        self.access.require(Action.READ_SESSION, on=session)
        return session
