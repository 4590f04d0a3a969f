from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.identity import SessionId, UserId
from core.users.entities import ABSOLUTE_LIFE, IDLE_LIFE, Invitation, InvitationId, Session, SessionKind, User
from core.users.errors import SessionNotFound
from db.base import TenantRow, columns, values_of

_USER = "user_"


class UserRow(TenantRow):
    __tablename__ = "users"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime]
    locale: Mapped[str | None]
    disabled_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("email"),)


class SessionRow(TenantRow):
    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    user_agent: Mapped[str]
    generation: Mapped[int]
    refreshed_at: Mapped[datetime | None]


class InvitationRow(TenantRow):
    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    __table_args__ = (Index("ix_invitations_email", "email"),)


class SqlUserStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, user_id: UserId) -> User | None:
        found = await self._session.execute(select(*columns(UserRow)).where(UserRow.id == user_id))
        row = found.mappings().one_or_none()
        return _user(row) if row else None

    async def find_by_email(self, email: str) -> User | None:
        found = await self._session.execute(select(*columns(UserRow)).where(UserRow.email == email))
        row = found.mappings().one_or_none()
        return _user(row) if row else None

    async def add(self, user: User) -> None:
        await self._session.execute(insert(UserRow).values(values_of(user)))

    async def save(self, user: User) -> None:
        change = update(UserRow).where(UserRow.id == user.id)
        await self._session.execute(change.values(values_of(user, without=("id",))))


class SqlSessionStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def find(self, session_id: SessionId) -> Session | None:
        found = await self._session.execute(select(*columns(SessionRow)).where(SessionRow.id == session_id))
        row = found.mappings().one_or_none()
        return _session(row) if row else None

    async def find_with_user(self, session_id: SessionId) -> tuple[Session, User] | None:
        query = select(*columns(SessionRow), *columns_of_user()).join(UserRow, UserRow.id == SessionRow.user_id)
        row = (await self._session.execute(query.where(SessionRow.id == session_id))).mappings().one_or_none()
        if row is None:
            return None
        return _session(row), user_beside(row)

    async def lock(self, session_id: SessionId) -> Session | None:
        query = select(*columns(SessionRow)).where(SessionRow.id == session_id).with_for_update()
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _session(row) if row else None

    async def get(self, session_id: SessionId) -> Session:
        session = await self.find(session_id)
        if session is None:
            raise SessionNotFound
        return session

    async def add(self, session: Session) -> None:
        await self._forget_ended(session.user_id, session.created_at)
        await self._session.execute(insert(SessionRow).values(values_of(session)))

    async def save(self, session: Session) -> None:
        change = update(SessionRow).where(SessionRow.id == session.id)
        await self._session.execute(change.values(values_of(session, without=("id",))))

    async def delete(self, session_id: SessionId) -> None:
        await self._session.execute(delete(SessionRow).where(SessionRow.id == session_id))

    async def _forget_ended(self, user_id: UserId, now: datetime) -> None:
        """Nobody can use them any more; whoever signs in again clears up after herself."""
        is_idle, is_old = SessionRow.seen_at <= now - IDLE_LIFE, SessionRow.created_at <= now - ABSOLUTE_LIFE
        await self._session.execute(delete(SessionRow).where(SessionRow.user_id == user_id, or_(is_idle, is_old)))


class SqlInvitationStorage:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def lock(self, invitation_id: InvitationId) -> Invitation | None:
        query = select(*columns(InvitationRow)).where(InvitationRow.id == invitation_id).with_for_update()
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _invitation(row) if row else None

    async def find(self, invitation_id: InvitationId) -> Invitation | None:
        query = select(*columns(InvitationRow)).where(InvitationRow.id == invitation_id)
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _invitation(row) if row else None

    async def find_open(self, email: str) -> Invitation | None:
        query = (
            select(*columns(InvitationRow))
            .where(
                InvitationRow.email == email, InvitationRow.accepted_at.is_(None), InvitationRow.revoked_at.is_(None)
            )
            .order_by(InvitationRow.created_at.desc(), InvitationRow.id.desc())
            .limit(1)
        )
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _invitation(row) if row else None

    async def add(self, invitation: Invitation) -> None:
        await self._session.execute(insert(InvitationRow).values(values_of(invitation)))

    async def save(self, invitation: Invitation) -> None:
        change = update(InvitationRow).where(InvitationRow.id == invitation.id)
        await self._session.execute(change.values(values_of(invitation, without=("id",))))


def columns_of_user() -> list[Any]:
    """Of a user who is read together with something of hers."""
    return [column.label(_USER + column.key) for column in columns(UserRow)]


def user_beside(row: Mapping[Any, Any]) -> User:
    """The user in a *row* with columns_of_user."""
    return _user({column.key: row[_USER + column.key] for column in columns(UserRow)})


def _user(row: Mapping[Any, Any]) -> User:
    return User(**row)


def _session(row: Mapping[Any, Any]) -> Session:
    values = {field.name: row[field.name] for field in fields(Session)}
    return Session(**{**values, "kind": SessionKind(values["kind"])})


def _invitation(row: Mapping[Any, Any]) -> Invitation:
    return Invitation(**row)
