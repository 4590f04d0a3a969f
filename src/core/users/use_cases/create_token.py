from dataclasses import dataclass

from core.access import Access, Action
from core.audit import AuditTrail
from core.clock import Clock
from core.errors import Invalid, Problem, refuse_if_any
from core.identity import Actor
from core.policy import Policies, PolicySource
from core.text import N_
from core.transaction import Transaction
from core.users.api_tokens import (
    TOKENS_OF_ONE,
    ApiToken,
    ApiTokenCodes,
    ApiTokenStorage,
    CreatedToken,
    TokenWanted,
    facts_of_token,
    made_token,
    passable,
    problems_of_wanted,
)
from core.users.entities import User, normalised_email
from core.users.errors import TooManyTokens
from core.users.storage import UserStorage


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """A member makes a token that may do some of what she may, or the operator one for the member whose e-mail address
    *of* is. The token itself is told this once.

    Refused with Invalid or TooManyTokens. A token that makes another one passes on no more than it has, and no longer.
    """

    access: Access
    users: UserStorage
    api_tokens: ApiTokenStorage
    codes: ApiTokenCodes
    policies: Policies
    policy_source: PolicySource
    audit: AuditTrail
    clock: Clock
    transaction: Transaction

    async def __call__(self, wanted: TokenWanted, *, of: str = "") -> CreatedToken:
        self.access.require(Action.CREATE_TOKENS)
        now, parent = self.clock.now(), await self._parent()
        owner = await self._owner(of)
        able = passable(self.access if self.access.actor.user_id else await self._access_of(owner))
        refuse_if_any(problems_of_wanted(wanted, now, able=able, parent=parent))
        if await self.api_tokens.count_live(owner.id, now) >= TOKENS_OF_ONE:
            raise TooManyTokens(limit=TOKENS_OF_ONE)
        secret = self.codes.make()
        token = made_token(wanted, owner.id, secret, self.codes.digests(secret)[0], now=now, parent=parent)
        await self.api_tokens.add(token)
        after = facts_of_token(token, owner)
        await self.audit.record(Action.CREATE_TOKENS, subject=token.id, label=token.name, after=after)
        await self.transaction.commit()
        return CreatedToken(token=token, secret=secret)

    async def _parent(self) -> ApiToken | None:
        token_id = self.access.actor.token_id
        return await self.api_tokens.lock(token_id) if token_id else None

    async def _access_of(self, owner: User) -> Access:
        policy = await self.policy_source.policy()
        return self.policies.access(Actor(role=owner.role, user_id=owner.id), policy)

    async def _owner(self, of: str) -> User:
        user_id = self.access.actor.user_id
        found = await (self.users.find(user_id) if user_id else self.users.find_by_email(normalised_email(of)))
        if found is None:
            raise Invalid(Problem.of("email", N_("Nobody here has this e-mail address.")))
        return found
