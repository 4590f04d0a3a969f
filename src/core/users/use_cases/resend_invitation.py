from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.granting import Granting
from core.mail import Outbox
from core.transaction import Transaction
from core.users.credentials import InvitationTokens
from core.users.entities import InvitationId
from core.users.errors import InvitationNotFound
from core.users.letters import invitation_letter
from core.users.people import OpenInvitation
from core.users.storage import InvitationStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendInvitation:
    """Who may, has an open or expired invitation sent once more, good for as long as a new one.

    Refused with InvitationNotFound or GrantsTooMuch.
    """

    access: Access
    invitations: InvitationStorage
    invitation_tokens: InvitationTokens
    granting: Granting
    outbox: Outbox
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, invitation_id: InvitationId) -> OpenInvitation:
        self.access.require(Action.INVITE_USER)
        await self.granting.hold()
        found = await self.invitations.lock(invitation_id)
        if found is None or found.accepted_at or found.revoked_at:
            raise InvitationNotFound
        await self.granting.check(found.role)
        renewed = found.renew(self.clock.now())
        await self.invitations.save(renewed)
        actor = self.access.actor
        inviter = actor.name if actor.user_id else ""
        await self.outbox.post(invitation_letter(renewed, self.invitation_tokens, inviter=inviter))
        after = {"email": renewed.email, "role": renewed.role, "expires_at": renewed.expires_at.isoformat()}
        await self.audit.record(Action.INVITE_USER, subject=renewed.id, label=renewed.email, after=after)
        await self.transaction.commit()
        return OpenInvitation(invitation=renewed, token=self.invitation_tokens.make(renewed.id))
