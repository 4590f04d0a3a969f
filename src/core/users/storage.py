from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.identity import SessionId, UserId
from core.users.entities import Invitation, InvitationId, Session, User
from core.users.profiles import Profile


class UserStorage(Protocol):
    """This site's people."""

    async def find(self, user_id: UserId) -> User | None: ...

    async def find_by_email(self, email: str) -> User | None:
        """*email* in small letters."""
        ...

    async def add(self, user: User) -> None:
        """Raises EmailTaken (at the latest at commit)."""
        ...

    async def save(self, user: User) -> None:
        """Raises EmailTaken (at the latest at commit)."""
        ...

    async def lock(self, user_id: UserId) -> User | None:
        """Like find, and nobody else changes her until the transaction ends."""
        ...

    async def lock_owners(self) -> Sequence[UserId]:
        """Those with the role of owner who are enabled; none of them changes until the transaction ends."""
        ...

    async def list_all(self) -> Sequence[tuple[User, datetime | None]]:
        """Everybody by name, with the last use of a session of hers."""
        ...

    async def delete(self, user_id: UserId) -> None:
        """With her sessions and tokens; what she wrote stays, under her name."""
        ...

    async def get_profile(self, user_id: UserId) -> Profile:
        """An empty one when there is nobody."""
        ...

    async def save_profile(self, user_id: UserId, profile: Profile) -> None: ...

    async def list_devices(self, user_id: UserId) -> tuple[str, ...]:
        """Digests of the devices that she has signed in with, the newest first."""
        ...

    async def save_devices(self, user_id: UserId, devices: tuple[str, ...]) -> None: ...


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

    async def list_of(self, user_id: UserId) -> Sequence[Session]:
        """All of one person, the last used first."""
        ...

    async def delete_of(self, user_id: UserId, *, but: SessionId | None = None) -> None:
        """End all sessions of one person, except *but*."""
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

    async def list_open(self) -> Sequence[Invitation]:
        """Neither accepted nor revoked, expired ones among them, the newest first."""
        ...
