from __future__ import annotations

from typing import Protocol

from core.identity import SessionId, UserId
from core.users.entities import Invitation, InvitationId, Session, User


class UserStorage(Protocol):
    """This site's people."""

    async def find(self, user_id: UserId) -> User | None: ...

    async def find_by_email(self, email: str) -> User | None:
        """*email* in small letters."""
        ...

    async def add(self, user: User) -> None:
        """Raises EmailTaken (at the latest at commit)."""
        ...

    async def save(self, user: User) -> None: ...


class SessionStorage(Protocol):
    """This site's sessions."""

    async def find(self, session_id: SessionId) -> Session | None: ...

    async def find_with_user(self, session_id: SessionId) -> tuple[Session, User] | None:
        """Both in one query."""
        ...

    async def lock(self, session_id: SessionId) -> Session | None:
        """Like find, and nobody else changes it until the transaction ends."""
        ...

    async def get(self, session_id: SessionId) -> Session:
        """Raises SessionNotFound."""
        ...

    async def add(self, session: Session) -> None: ...

    async def save(self, session: Session) -> None: ...

    async def delete(self, session_id: SessionId) -> None:
        """Nothing when it is gone already."""
        ...


class InvitationStorage(Protocol):
    async def lock(self, invitation_id: InvitationId) -> Invitation | None:
        """The invitation, kept from being accepted twice until the transaction ends."""
        ...

    async def find(self, invitation_id: InvitationId) -> Invitation | None: ...

    async def find_open(self, email: str) -> Invitation | None:
        """The newest neither accepted nor revoked, expired or not."""
        ...

    async def add(self, invitation: Invitation) -> None: ...

    async def save(self, invitation: Invitation) -> None: ...
