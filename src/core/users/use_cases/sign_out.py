from dataclasses import dataclass

from core.access import Access, Action
from core.transaction import Transaction
from core.users.storage import SessionStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOut:
    """Whoever is signed in ends the session in use; nothing happens when there is none."""

    access: Access
    sessions: SessionStorage
    transaction: Transaction

    async def __call__(self) -> None:
        self.access.require(Action.END_SESSION)
        session_id = self.access.actor.session_id
        session = await self.sessions.find(session_id) if session_id else None
        if session is None:
            return
        self.access.require(Action.END_SESSION, on=session)
        await self.sessions.delete(session.id)
        await self.transaction.commit()
