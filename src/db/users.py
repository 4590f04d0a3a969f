from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, delete, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from core.identity import Role, SessionId, UserId
from core.links import Link
from core.users.entities import ABSOLUTE_LIFE, IDLE_LIFE, Invitation, InvitationId, Session, SessionKind, User
from core.users.errors import SessionNotFound
from core.users.profiles import Profile
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
    profile: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'"))
    devices: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))

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
    client: Mapped[str] = mapped_column(server_default="")


_BESIDES = ("profile", "devices")
"""What no request needs to know of who asks."""


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
        found = await self._session.execute(select(*columns(UserRow, without=_BESIDES)).where(UserRow.id == user_id))
        row = found.mappings().one_or_none()
        return _user(row) if row else None

    async def find_by_email(self, email: str) -> User | None:
        found = await self._session.execute(select(*columns(UserRow, without=_BESIDES)).where(UserRow.email == email))
        row = found.mappings().one_or_none()
        return _user(row) if row else None

    async def add(self, user: User) -> None:
        await self._session.execute(insert(UserRow).values(values_of(user)))

    async def save(self, user: User) -> None:
        change = update(UserRow).where(UserRow.id == user.id)
        await self._session.execute(change.values(values_of(user, without=("id",))))

    async def lock(self, user_id: UserId) -> User | None:
        query = select(*columns(UserRow, without=_BESIDES)).where(UserRow.id == user_id).with_for_update()
        row = (await self._session.execute(query)).mappings().one_or_none()
        return _user(row) if row else None

    async def lock_owners(self) -> Sequence[UserId]:
        query = select(UserRow.id).where(UserRow.role == Role.OWNER, UserRow.disabled_at.is_(None))
        return [UserId(found) for found in await self._session.scalars(query.order_by(UserRow.id).with_for_update())]

    async def list_all(self) -> Sequence[tuple[User, datetime | None]]:
        seen = select(func.max(SessionRow.seen_at)).where(SessionRow.user_id == UserRow.id).scalar_subquery()
        query = select(*columns(UserRow, without=_BESIDES), seen.label("seen_at"))
        rows = await self._session.execute(query.order_by(func.lower(UserRow.name), UserRow.id))
        return [(_user(_without(row, "seen_at")), row["seen_at"]) for row in rows.mappings()]

    async def delete(self, user_id: UserId) -> None:
        await self._session.execute(delete(UserRow).where(UserRow.id == user_id))

    async def get_profile(self, user_id: UserId) -> Profile:
        kept = await self._session.scalar(select(UserRow.profile).where(UserRow.id == user_id))
        return _profile(kept or {})

    async def save_profile(self, user_id: UserId, profile: Profile) -> None:
        await self._session.execute(update(UserRow).where(UserRow.id == user_id).values(profile=asdict(profile)))

    async def list_devices(self, user_id: UserId) -> tuple[str, ...]:
        return tuple(await self._session.scalar(select(UserRow.devices).where(UserRow.id == user_id)) or ())

    async def save_devices(self, user_id: UserId, devices: tuple[str, ...]) -> None:
        await self._session.execute(update(UserRow).where(UserRow.id == user_id).values(devices=list(devices)))


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

    async def list_of(self, user_id: UserId) -> Sequence[Session]:
        query = select(*columns(SessionRow)).where(SessionRow.user_id == user_id)
        rows = await self._session.execute(query.order_by(SessionRow.seen_at.desc(), SessionRow.id))
        return [_session(row) for row in rows.mappings()]

    async def delete_of(self, user_id: UserId, *, but: SessionId | None = None) -> None:
        ending = delete(SessionRow).where(SessionRow.user_id == user_id)
        await self._session.execute(ending if but is None else ending.where(SessionRow.id != but))

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

    async def list_open(self) -> Sequence[Invitation]:
        is_open = InvitationRow.accepted_at.is_(None), InvitationRow.revoked_at.is_(None)
        query = select(*columns(InvitationRow)).where(*is_open)
        rows = await self._session.execute(query.order_by(InvitationRow.created_at.desc(), InvitationRow.id.desc()))
        return [_invitation(row) for row in rows.mappings()]


def columns_of_user() -> list[Any]:
    """Of a user who is read together with something of hers."""
    return [column.label(_USER + column.key) for column in columns(UserRow, without=_BESIDES)]


def user_beside(row: Mapping[Any, Any]) -> User:
    """The user in a *row* with columns_of_user."""
    return _user({column.key: row[_USER + column.key] for column in columns(UserRow, without=_BESIDES)})


def _user(row: Mapping[Any, Any]) -> User:
    return User(**row)


def _session(row: Mapping[Any, Any]) -> Session:
    values = {field.name: row[field.name] for field in fields(Session)}
    return Session(**{**values, "kind": SessionKind(values["kind"])})


def _invitation(row: Mapping[Any, Any]) -> Invitation:
    return Invitation(**row)


def _without(row: Mapping[Any, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != name}


def _profile(kept: dict[str, Any]) -> Profile:
    return Profile(**{**kept, "links": tuple(Link(**link) for link in kept.get("links", ()))})
