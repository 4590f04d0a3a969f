from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.errors import refuse_if_any
from core.granting import Granting
from core.identity import RoleKey
from core.mail import Outbox
from core.transaction import Transaction
from core.users.credentials import InvitationTokens
from core.users.entities import (
    INVITATION_LIFE,
    Invitation,
    email_problem,
    new_invitation_id,
    normalised_email,
)
from core.users.errors import EmailTaken
from core.users.letters import invitation_letter
from core.users.storage import InvitationStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """*token* goes into the link; whoever has it can accept."""

    invitation: Invitation
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteUser:
    """Who may, invites somebody to a role of the site by mail; an older open invitation of hers is revoked.

    Refused with Invalid, EmailTaken or GrantsTooMuch.
    """

    access: Access
    users: UserStorage
    invitations: InvitationStorage
    invitation_tokens: InvitationTokens
    granting: Granting
    outbox: Outbox
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, email: str, role: RoleKey, *, name: str = "") -> Invited:
        self.access.require(Action.INVITE_USER)
        email = normalised_email(email)
        refuse_if_any([problem for problem in (email_problem(email),) if problem])
        await self.granting.hold()
        await self.granting.check(role)
        if await self.users.find_by_email(email):
            raise EmailTaken
        now = self.clock.now()
        if (older := await self.invitations.find_open(email)) is not None:
            await self.invitations.save(replace(older, revoked_at=now))
        invitation = Invitation(
            id=new_invitation_id(),
            email=email,
            name=name.strip(),
            role=role,
            created_at=now,
            expires_at=now + INVITATION_LIFE,
        )
        await self.invitations.add(invitation)
        inviter = self.access.actor.name if self.access.actor.user_id else ""
        await self.outbox.post(invitation_letter(invitation, self.invitation_tokens, inviter=inviter))
        after = {"email": email, "role": role, "expires_at": invitation.expires_at.isoformat()}
        await self.audit.record(Action.INVITE_USER, subject=invitation.id, label=email, after=after)
        await self.transaction.commit()
        return Invited(invitation=invitation, token=self.invitation_tokens.make(invitation.id))
