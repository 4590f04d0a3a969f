from dataclasses import dataclass, replace

from core.access import Access, Action
from core.clock import Clock
from core.identity import Actor
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.authentication import browser_claims
from core.users.credentials import Passwords, SessionTokens
from core.users.entities import Session, SessionKind, User, new_session, normalised_email
from core.users.errors import WrongCredentials
from core.users.limits import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_CLIENT
from core.users.storage import SessionStorage, UserStorage
from core.users.token_pairs import TokenPair, token_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """*cookie* for a browser, *pair* for a program."""

    actor: Actor
    session: Session
    cookie: str | None = None
    pair: TokenPair | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody proves by e-mail and password who she is and gets a session.

    Refused with WrongCredentials, the same and as slow whatever is wrong, or TooMany.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    passwords: Passwords
    tokens: SessionTokens
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(self, email: str, password: str, *, client: Client, kind: SessionKind) -> SignedIn:
        self.access.require(Action.SIGN_IN)
        email = normalised_email(email)
        await self.limiter.hit(SIGN_IN_PER_CLIENT, client.key)
        await self.limiter.hit(SIGN_IN_PER_ACCOUNT, email)
        user = await self.users.find_by_email(email)
        await self.transaction.rest()
        is_right = await self.passwords.verify(password, user.password_hash if user else None)
        user = await self.users.find(user.id) if user and is_right else None
        if user is None or not user.is_enabled:
            raise WrongCredentials
        await self._strengthen(user, password)
        session = new_session(user.id, kind, client.user_agent, self.clock.now())
        await self.sessions.add(session)
        await self.transaction.commit()
        return self._answer(user, session)

    async def _strengthen(self, user: User, password: str) -> None:
        if user.password_hash and self.passwords.is_outdated(user.password_hash):
            await self.users.save(replace(user, password_hash=await self.passwords.hash(password)))

    def _answer(self, user: User, session: Session) -> SignedIn:
        actor = user.acting(session.id)
        if session.kind is SessionKind.API:
            return SignedIn(actor=actor, session=session, pair=token_pair(self.tokens, session, session.created_at))
        cookie = self.tokens.issue(browser_claims(session, session.created_at))
        return SignedIn(actor=actor, session=session, cookie=cookie)
