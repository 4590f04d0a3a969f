from dataclasses import dataclass

from core.access import Access, Action, Scope
from core.pagination import NumberedPage
from core.users.api_tokens import ApiTokenStorage, OwnedToken
from core.users.errors import TokenNotFound

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTokens:
    """A member sees her tokens, an owner everybody's: never the secrets, which nobody has but their holders.

    Refused with TokenNotFound for a page that is not there.
    """

    access: Access
    api_tokens: ApiTokenStorage

    async def __call__(self, number: int = 1, size: int = PER_PAGE) -> NumberedPage[OwnedToken]:
        self.access.require(Action.LIST_TOKENS)
        sees_all = self.access.scope(Action.LIST_TOKENS) is Scope.ALL
        of = None if sees_all else self.access.actor.user_id
        page = await self.api_tokens.list_page(number, size, of=of)
        if page.is_out_of_range:
            raise TokenNotFound
        return page
