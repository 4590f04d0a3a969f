from dataclasses import dataclass

from core.access import Access, Action
from core.identity import ApiTokenId
from core.users.api_tokens import ApiTokenStorage, OwnedToken


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowToken:
    """A member looks at one of her tokens, an owner at anybody's; the secret is not among what there is to see.

    Refused with TokenNotFound, for what was revoked too.
    """

    access: Access
    api_tokens: ApiTokenStorage

    async def __call__(self, token_id: ApiTokenId) -> OwnedToken:
        self.access.require(Action.LIST_TOKENS)
        owned = await self.api_tokens.get(token_id)
        self.access.require(Action.LIST_TOKENS, on=owned)
        return owned
