from core.identity import SessionId, UserId
from core.users.entities import Invitation, InvitationId, Session, User
from core.users.errors import EmailTaken, SessionNotFound


class MemoryUsers:
    def __init__(self, *users: User) -> None:
        self.kept = {user.id: user for user in users}

    async def find(self, user_id: UserId) -> User | None:
        return self.kept.get(user_id)

    async def find_by_email(self, email: str) -> User | None:
        return next((user for user in self.kept.values() if user.email == email), None)

    async def add(self, user: User) -> None:
        if await self.find_by_email(user.email):
            raise EmailTaken
        self.kept[user.id] = user

    async def save(self, user: User) -> None:
        self.kept[user.id] = user


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

    async def save(self, session: Session) -> None:
        self.kept[session.id] = session

    async def delete(self, session_id: SessionId) -> None:
        self.kept.pop(session_id, None)


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
