from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.identity import Role, SessionId, UserId
from core.users.entities import Invitation, InvitationId, Session, User
from core.users.errors import EmailTaken, SessionNotFound
from core.users.people import Belongings
from core.users.profiles import Profile


class MemoryUsers:
    def __init__(self, *users: User) -> None:
        self.kept = {user.id: user for user in users}
        self.beside = Beside()
        self.seen: dict[UserId, datetime] = {}

    async def find(self, user_id: UserId) -> User | None:
        return self.kept.get(user_id)

    async def find_by_email(self, email: str) -> User | None:
        return next((user for user in self.kept.values() if user.email == email), None)

    async def add(self, user: User) -> None:
        if await self.find_by_email(user.email):
            raise EmailTaken
        self.kept[user.id] = user

    async def save(self, user: User) -> None:
        if any(other.email == user.email and other.id != user.id for other in self.kept.values()):
            raise EmailTaken
        self.kept[user.id] = user

    async def lock(self, user_id: UserId) -> User | None:
        return self.kept.get(user_id)

    async def lock_owners(self) -> Sequence[UserId]:
        return sorted(user.id for user in self.kept.values() if user.role == Role.OWNER and user.is_enabled)

    async def list_all(self) -> Sequence[tuple[User, datetime | None]]:
        found = sorted(self.kept.values(), key=lambda user: (user.name.lower(), user.id))
        return [(user, self.seen.get(user.id)) for user in found]

    async def delete(self, user_id: UserId) -> None:
        self.kept.pop(user_id, None)

    async def get_profile(self, user_id: UserId) -> Profile:
        return self.beside.kept.get(user_id, (Profile(), ()))[0]

    async def save_profile(self, user_id: UserId, profile: Profile) -> None:
        self.beside.kept[user_id] = (profile, await self.list_devices(user_id))

    async def list_devices(self, user_id: UserId) -> tuple[str, ...]:
        return self.beside.kept.get(user_id, (Profile(), ()))[1]

    async def save_devices(self, user_id: UserId, devices: tuple[str, ...]) -> None:
        self.beside.kept[user_id] = (await self.get_profile(user_id), devices)


@dataclass
class Beside:
    """Of each person her profile and devices."""

    kept: dict[UserId, tuple[Profile, tuple[str, ...]]] = field(default_factory=dict)


class MemorySessions:
    def __init__(self, *sessions: Session, users: MemoryUsers | None = None) -> None:
        self.kept = {session.id: session for session in sessions}
        self.users = users or MemoryUsers()

    async def find(self, session_id: SessionId) -> Session | None:
        return self.kept.get(session_id)

    async def find_with_user(self, session_id: SessionId) -> tuple[Session, User] | None:
        session = self.kept.get(session_id)
        user = self.users.kept.get(session.user_id) if session else None
        return (session, user) if session and user else None

    async def lock(self, session_id: SessionId) -> Session | None:
        return self.kept.get(session_id)

    async def get(self, session_id: SessionId) -> Session:
        if session_id not in self.kept:
            raise SessionNotFound
        return self.kept[session_id]

    async def add(self, session: Session) -> None:
        self.kept[session.id] = session
        self.users.seen[session.user_id] = session.seen_at

    async def save(self, session: Session) -> None:
        self.kept[session.id] = session

    async def delete(self, session_id: SessionId) -> None:
        self.kept.pop(session_id, None)

    async def list_of(self, user_id: UserId) -> Sequence[Session]:
        found = sorted((one for one in self.kept.values() if one.user_id == user_id), key=lambda one: one.id)
        return sorted(found, key=lambda one: one.seen_at, reverse=True)

    async def delete_of(self, user_id: UserId, *, but: SessionId | None = None) -> None:
        self.kept = {one.id: one for one in self.kept.values() if one.user_id != user_id or one.id == but}


class MemoryInvitations:
    def __init__(self, *invitations: Invitation) -> None:
        self.kept = {invitation.id: invitation for invitation in invitations}

    async def lock(self, invitation_id: InvitationId) -> Invitation | None:
        return self.kept.get(invitation_id)

    async def find(self, invitation_id: InvitationId) -> Invitation | None:
        return self.kept.get(invitation_id)

    async def find_open(self, email: str) -> Invitation | None:
        found = [
            invitation
            for invitation in self.kept.values()
            if invitation.email == email and invitation.accepted_at is None and invitation.revoked_at is None
        ]
        return max(found, key=lambda invitation: (invitation.created_at, invitation.id), default=None)

    async def add(self, invitation: Invitation) -> None:
        self.kept[invitation.id] = invitation

    async def save(self, invitation: Invitation) -> None:
        self.kept[invitation.id] = invitation

    async def list_open(self) -> Sequence[Invitation]:
        found = [one for one in self.kept.values() if one.accepted_at is None and one.revoked_at is None]
        return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


@dataclass
class MemoryBelongings:
    """How much each person has; *kept* by her id."""

    kept: dict[UserId, Belongings] = field(default_factory=dict)
    renamed: dict[UserId, tuple[str, str]] = field(default_factory=dict)

    async def count(self, user_id: UserId) -> Belongings:
        return self.kept.get(user_id, Belongings())

    async def hand_over(self, user_id: UserId, heir: User) -> None:
        mine, hers = self.kept.pop(user_id, Belongings()), await self.count(heir.id)
        sums = {name: getattr(mine, name) + getattr(hers, name) for name in ("posts", "questions", "files")}
        self.kept[heir.id] = Belongings(**sums)

    async def rename(self, user: User, *, before: str) -> None:
        self.renamed[user.id] = (before, user.name)
