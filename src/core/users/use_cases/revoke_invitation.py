from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.transaction import Transaction
from core.users.entities import InvitationId
from core.users.errors import InvitationNotFound
from core.users.storage import InvitationStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeInvitation:
    """Who may, takes an invitation back: its link is worthless at once. Refused with InvitationNotFound."""

    access: Access
    invitations: InvitationStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, invitation_id: InvitationId) -> None:
        self.access.require(Action.REVOKE_INVITATION)
        invitation = await self.invitations.lock(invitation_id)
        if invitation is None or invitation.accepted_at or invitation.revoked_at:
            raise InvitationNotFound
        await self.invitations.save(invitation.revoke(self.clock.now()))
        before = {"email": invitation.email, "role": invitation.role}
        await self.audit.record(Action.REVOKE_INVITATION, subject=invitation.id, label=invitation.email, before=before)
        await self.transaction.commit()
