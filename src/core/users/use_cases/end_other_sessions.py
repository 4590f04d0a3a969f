from dataclasses import dataclass

from core.access import Access, Action
from core.transaction import Transaction
from core.users.oneself import oneself
from core.users.storage import SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class EndOtherSessions:
    """A member ends all her sessions but the one in use; how many there were."""

    access: Access
    users: UserStorage
    sessions: SessionStorage
    transaction: Transaction

    async def __call__(self) -> int:
        self.access.require(Action.END_SESSION)
        user, here = await oneself(self.users, self.access), self.access.actor.session_id
        others = [session for session in await self.sessions.list_of(user.id) if session.id != here]
        for session in others:
            self.access.require(Action.END_SESSION, on=session)
        await self.sessions.delete_of(user.id, but=here)
        await self.transaction.commit()
        return len(others)
