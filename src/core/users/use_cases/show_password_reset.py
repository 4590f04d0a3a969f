from dataclasses import dataclass

from core.access import Access, Action
from core.clock import Clock
from core.users.api_tokens import ApiTokenStorage
from core.users.credentials import LinkPurpose, LinkTokens
from core.users.errors import ResetLinkNotFound
from core.users.reset import PasswordReset, reset_bound
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowPasswordReset:
    """Whoever has the link sees whose password it changes, and how many of her API tokens live.

    Refused with ResetLinkNotFound.
    """

    access: Access
    users: UserStorage
    api_tokens: ApiTokenStorage
    link_tokens: LinkTokens
    clock: Clock

    async def __call__(self, token: str) -> PasswordReset:
        self.access.require(Action.USE_PASSWORD_RESET)
        claims = self.link_tokens.read(token, LinkPurpose.PASSWORD_RESET, now=self.clock.now())
        user = await self.users.find(claims.user_id) if claims else None
        if claims is None or user is None or not user.is_enabled:
            raise ResetLinkNotFound
        if not self.link_tokens.proves(token, claims, bound=reset_bound(user)):
            raise ResetLinkNotFound
        tokens = await self.api_tokens.count_live(user.id, self.clock.now())
        return PasswordReset(user=user, tokens=tokens)
