from dataclasses import dataclass

from core.access import Access, Action
from core.identity import SessionId
from core.transaction import Transaction
from core.users.storage import SessionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSession:
    """A member ends one of her sessions, an owner anybody's. Its tokens are worthless at once."""

    access: Access
    sessions: SessionStorage
    transaction: Transaction

    async def __call__(self, session_id: SessionId) -> None:
        self.access.require(Action.END_SESSION)
        session = await self.sessions.get(session_id)
        self.access.require(Action.END_SESSION, on=session)
        await self.sessions.delete(session.id)
        await self.transaction.commit()
