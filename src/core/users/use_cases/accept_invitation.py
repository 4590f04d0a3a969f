from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.errors import refuse_if_any
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.credentials import Passwords
from core.users.entities import member_of, name_problem, password_problem
from core.users.joining import Joining
from core.users.limits import INVITATION_PER_CLIENT
from core.users.signed_in import SignedIn


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptInvitation:
    """Whoever has the link sets her name and password, becomes a member and is signed in.

    Refused with InvitationNotFound (a link works once), Invalid or TooMany.
    """

    access: Access
    passwords: Passwords
    joining: Joining
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, token: str, *, name: str, password: str, client: Client, mark: str = "") -> SignedIn:
        self.access.require(Action.ACCEPT_INVITATION)
        await self.limiter.hit(INVITATION_PER_CLIENT, client.key)
        problems = (name_problem(name), password_problem(password))
        refuse_if_any([problem for problem in problems if problem])
        password_hash = await self.passwords.hash(password)
        invitation = await self.joining.lock(token)
        user = member_of(invitation, name, password_hash, self.clock.now())
        await self.joining.add(user, invitation)
        signed_in = await self.joining.welcome(user, by="password", client=client, mark=mark)
        await self.transaction.commit()
        return signed_in
