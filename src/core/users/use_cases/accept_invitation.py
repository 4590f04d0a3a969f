from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail, Refusals
from core.clock import Clock
from core.errors import refuse_if_any
from core.events import EventKind, Events
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.authentication import browser_claims
from core.users.credentials import InvitationTokens, Passwords, SessionTokens
from core.users.device_watch import DeviceWatch
from core.users.entities import Invitation, SessionKind, member_of, name_problem, new_session, password_problem
from core.users.errors import EmailTaken, InvitationNotFound
from core.users.limits import INVITATION_PER_CLIENT
from core.users.signed_in import SignedIn
from core.users.storage import InvitationStorage, SessionStorage, UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """Whoever has the link sets her name and password, becomes a member and is signed in.

    Refused with InvitationNotFound (a link works once), Invalid or TooMany.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    invitations: InvitationStorage
    passwords: Passwords
    tokens: SessionTokens
    invitation_tokens: InvitationTokens
    devices: DeviceWatch
    audit: AuditTrail
    refusals: Refusals
    events: Events
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str, *, name: str, password: str, client: Client, mark: str = "") -> SignedIn:
        self.access.require(Action.ACCEPT_INVITATION)
        await self.limiter.hit(INVITATION_PER_CLIENT, client.key)
        problems = (name_problem(name), password_problem(password))
        refuse_if_any([problem for problem in problems if problem])
        password_hash = await self.passwords.hash(password)
        invitation = await self._open(token)
        if await self.users.find_by_email(invitation.email):
            raise EmailTaken
        now = self.clock.now()
        user = member_of(invitation, name, password_hash, now)
        session = new_session(user.id, SessionKind.BROWSER, client, now)
        await self.users.add(user)
        await self.invitations.save(invitation.accept(now))
        await self.sessions.add(session)
        mark = await self.devices.note(user, session, client, mark)
        await self.events.tell(EventKind.USER_JOINED, subject=user.id, details={"name": user.name, "role": user.role})
        after = {"email": user.email, "role": user.role}
        await self.audit.record(Action.ACCEPT_INVITATION, subject=user.id, label=user.name, after=after)
        await self.transaction.commit()
        cookie = self.tokens.issue(browser_claims(session, now))
        return SignedIn(actor=user.acting(session.id), session=session, cookie=cookie, mark=mark)

    async def _open(self, token: str) -> Invitation:
        invitation_id = self.invitation_tokens.read(token)
        invitation = await self.invitations.lock(invitation_id) if invitation_id else None
        if invitation is None or not invitation.is_open(self.clock.now()):
            subject = invitation.id if invitation else ""
            self.refusals.note(Action.ACCEPT_INVITATION, subject=subject, reason=InvitationNotFound.code)
            raise InvitationNotFound
        return invitation
