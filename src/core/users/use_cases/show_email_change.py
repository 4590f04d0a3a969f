from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.users.credentials import LinkPurpose, LinkTokens
from core.users.errors import EmailChangeNotFound
from core.users.reset import email_bound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEmailChange:
    """Whoever has the link sees which address it confirms. Refused with EmailChangeNotFound."""

    access: Access
    users: UserStorage
    link_tokens: LinkTokens
    clock: Clock

    async def __call__(self, token: str) -> str:
        self.access.require(Action.CONFIRM_EMAIL_CHANGE)
        claims = self.link_tokens.read(token, LinkPurpose.EMAIL_CHANGE, now=self.clock.now())
        user = await self.users.find(claims.user_id) if claims else None
        if claims is None or user is None or not user.is_enabled:
            raise EmailChangeNotFound
        if not self.link_tokens.proves(token, claims, bound=email_bound(user)):
            raise EmailChangeNotFound
        return claims.email
