from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.identity import ApiTokenId
from core.transaction import Transaction
from core.users.api_tokens import ApiTokenStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeToken:
    """A member ends one of her tokens, an owner anybody's. It is worthless at once, and so are those made with it.

    Refused with TokenNotFound.
    """

    access: Access
    api_tokens: ApiTokenStorage
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, token_id: ApiTokenId) -> None:
        self.access.require(Action.REVOKE_TOKENS)
        token = await self.api_tokens.lock(token_id)
        self.access.require(Action.REVOKE_TOKENS, on=token)
        for each in await self.api_tokens.revoke(token.id, self.clock.now()):
            before, after = {"state": "live"}, {"state": "revoked"}
            await self.audit.record(Action.REVOKE_TOKENS, subject=each.id, label=each.name, before=before, after=after)
        await self.transaction.commit()
