from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.users.api_tokens import ApiTokenStorage, OwnedToken


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTokens:
    """A member sees her tokens, an owner everybody's: never the secrets, which nobody has but their holders."""

    access: Access
    api_tokens: ApiTokenStorage

    async def __call__(self) -> tuple[OwnedToken, ...]:
        self.access.require(Action.LIST_TOKENS)
        sees_all = self.access.scope(Action.LIST_TOKENS) is Scope.ALL
        return await self.api_tokens.list_tokens(of=None if sees_all else self.access.actor.user_id)
