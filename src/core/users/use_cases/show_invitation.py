from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.users.credentials import InvitationTokens
from core.users.entities import Invitation
from core.users.errors import InvitationNotFound
from core.users.storage import InvitationStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowInvitation:
    """Whoever has the link sees to whom and to which role it invites. Refused with InvitationNotFound."""

    access: Access
    invitations: InvitationStorage
    tokens: InvitationTokens
    clock: Clock

    async def __call__(self, token: str) -> Invitation:
        self.access.require(Action.ACCEPT_INVITATION)
        invitation_id = self.tokens.read(token)
        invitation = await self.invitations.find(invitation_id) if invitation_id else None
        if invitation is None or not invitation.is_open(self.clock.now()):
            raise InvitationNotFound
        return invitation
