from collections.abc import Sequence
from dataclasses import dataclass

from core.access import Access, Action
from core.users.credentials import InvitationTokens
from core.users.people import OpenInvitation
from core.users.storage import InvitationStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListInvitations:
    """Who may, sees the invitations that nobody has accepted yet, with their links, the newest first."""

    access: Access
    invitations: InvitationStorage
    invitation_tokens: InvitationTokens

    async def __call__(self) -> Sequence[OpenInvitation]:
        self.access.require(Action.LIST_INVITATIONS)
        return [
            OpenInvitation(invitation=invitation, token=self.invitation_tokens.make(invitation.id))
            for invitation in await self.invitations.list_open()
        ]
