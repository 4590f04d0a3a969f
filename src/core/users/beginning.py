"""A stay begins."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import Clock
from core.limits import Client
from core.users.authentication import browser_claims
from core.users.credentials import SessionTokens
from core.users.device_watch import DeviceWatch
from core.users.entities import SessionKind, User, new_session
from core.users.signed_in import SignedIn
from core.users.storage import SessionStorage
from core.users.token_pairs import token_pair


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """However somebody proved who she is, the same comes of it. The use case commits."""

    sessions: SessionStorage
    tokens: SessionTokens
    devices: DeviceWatch
    clock: Clock

    async def of(self, user: User, kind: SessionKind, client: Client, mark: str) -> SignedIn:
        session = new_session(user.id, kind, client, self.clock.now())
        await self.sessions.add(session)
        mark = await self.devices.note(user, session, client, mark)
        actor = user.acting(session.id)
        if kind is SessionKind.API:
            return SignedIn(actor=actor, session=session, pair=token_pair(self.tokens, session, session.created_at))
        cookie = self.tokens.issue(browser_claims(session, session.created_at))
        return SignedIn(actor=actor, session=session, cookie=cookie, mark=mark)
