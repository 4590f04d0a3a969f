from dataclasses import dataclass, replace

from core.access import Access, Action
from core.audit import Refusals
from core.clock import Clock
from core.limits import Client, RateLimiter
from core.transaction import Transaction
from core.users.authentication import browser_claims
from core.users.credentials import Passwords, SessionTokens
from core.users.device_watch import DeviceWatch
from core.users.entities import Session, SessionKind, User, new_session, normalised_email
from core.users.errors import WrongCredentials
from core.users.limits import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_CLIENT
from core.users.signed_in import SignedIn
from core.users.storage import SessionStorage, UserStorage
from core.users.token_pairs import token_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Somebody proves by e-mail and password who she is and gets a session. A device that is new is told to her by
    mail; *mark* is what her browser kept of an earlier time.

    Refused with WrongCredentials, the same and as slow whatever is wrong, or TooMany.
    """

    access: Access
    users: UserStorage
    sessions: SessionStorage
    passwords: Passwords
    tokens: SessionTokens
    devices: DeviceWatch
    refusals: Refusals
    limiter: RateLimiter
    clock: Clock
    transaction: Transaction

    async def __call__(
        self, email: str, password: str, *, client: Client, kind: SessionKind, mark: str = ""
    ) -> SignedIn:
        self.access.require(Action.SIGN_IN)
        email = normalised_email(email)
        await self.limiter.hit(SIGN_IN_PER_CLIENT, client.key)
        await self.limiter.hit(SIGN_IN_PER_ACCOUNT, email)
        found = await self.users.find_by_email(email)
        await self.transaction.rest()
        is_right = await self.passwords.verify(password, found.password_hash if found else None)
        user = await self.users.find(found.id) if found and is_right else None
        if user is None or not user.is_enabled:
            self._note(found)
            raise WrongCredentials
        await self._strengthen(user, password)
        session = new_session(user.id, kind, client, self.clock.now())
        await self.sessions.add(session)
        mark = await self.devices.note(user, session, client, mark)
        await self.transaction.commit()
        return self._answer(user, session, mark)

    def _note(self, found: User | None) -> None:
        """What was typed is kept of accounts only: people type passwords into the wrong field."""
        subject, label = (found.id, found.email) if found else ("", "")
        self.refusals.note(Action.SIGN_IN, subject=subject, label=label, reason=WrongCredentials.code)

    async def _strengthen(self, user: User, password: str) -> None:
        if user.password_hash and self.passwords.is_outdated(user.password_hash):
            await self.users.save(replace(user, password_hash=await self.passwords.hash(password)))

    def _answer(self, user: User, session: Session, mark: str) -> SignedIn:
        actor = user.acting(session.id)
        if session.kind is SessionKind.API:
            return SignedIn(actor=actor, session=session, pair=token_pair(self.tokens, session, session.created_at))
        cookie = self.tokens.issue(browser_claims(session, session.created_at))
        return SignedIn(actor=actor, session=session, cookie=cookie, mark=mark)
