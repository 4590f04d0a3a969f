"""An invitation is accepted, whatever with."""

from __future__ import annotations

from dataclasses import dataclass

from core.access import Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.events import EventKind, Events
from core.limits import Client
from core.users.beginning import Beginning
from core.users.credentials import InvitationTokens
from core.users.entities import Invitation, SessionKind, User
from core.users.errors import EmailTaken, InvitationNotFound
from core.users.signed_in import SignedIn
from core.users.storage import InvitationStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    users: UserStorage
    invitations: InvitationStorage
    invitation_tokens: InvitationTokens
    beginning: Beginning
    audit: AuditTrail
    refusals: Refusals
    events: Events
    clock: Clock

    async def find(self, token: str) -> Invitation:
        """The open invitation, for who looks at it. Raises InvitationNotFound."""
        invitation_id = self.invitation_tokens.read(token)
        return self._open(await self.invitations.find(invitation_id) if invitation_id else None)

    async def lock(self, token: str) -> Invitation:
        """The open invitation, which nobody else accepts meanwhile, to an address that nobody here has. Raises
        InvitationNotFound or EmailTaken."""
        invitation_id = self.invitation_tokens.read(token)
        invitation = self._open(await self.invitations.lock(invitation_id) if invitation_id else None)
        if await self.users.find_by_email(invitation.email):
            raise EmailTaken
        return invitation

    async def add(self, user: User, invitation: Invitation) -> None:
        """*user* belongs to the site from now on."""
        await self.users.add(user)
        await self.invitations.save(invitation.accept(self.clock.now()))

    async def welcome(self, user: User, *, by: str, client: Client, mark: str) -> SignedIn:
        """Signed in, told and written down; the use case commits."""
        signed_in = await self.beginning.of(user, SessionKind.BROWSER, client, mark)
        await self.events.tell(EventKind.USER_JOINED, subject=user.id, details={"name": user.name, "role": user.role})
        after = {"email": user.email, "role": user.role, "by": by}
        await self.audit.record(
            Action.ACCEPT_INVITATION, subject=user.id, label=user.name, after=after, actor=signed_in.actor
        )
        return signed_in

    def _open(self, invitation: Invitation | None) -> Invitation:
        if invitation is None or not invitation.is_open(self.clock.now()):
            subject = invitation.id if invitation else ""
            self.refusals.note(Action.ACCEPT_INVITATION, subject=subject, reason=InvitationNotFound.code)
            raise InvitationNotFound
        return invitation
