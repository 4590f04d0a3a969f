"""Who asks the API: by the access token of a session, by an API token, or nobody in particular."""

from dataclasses import dataclass

from core.access import Action
from core.audit import Refusals
from core.identity import ANONYMOUS, Actor
from core.users.api_tokens import TOKEN_PREFIX
from core.users.authentication import Authenticate
from core.users.credentials import TokenKind
from core.users.errors import SessionEnded, TokenEnded
from core.users.token_authentication import AuthenticateToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearers:
    """Whatever is wrong with what somebody shows, she gets the same answer; the site's log says more."""

    authenticate: Authenticate
    authenticate_token: AuthenticateToken
    refusals: Refusals

    async def actor(self, bearer: str | None) -> Actor:
        """Raises SessionEnded for a bearer that is worth nothing: nobody is silently taken for a visitor."""
        if bearer is None:
            return ANONYMOUS
        try:
            return await self._known(bearer)
        except TokenEnded as error:
            actor = error.actor
            self.refusals.note(
                Action.READ_SESSION, actor=actor, subject=actor.token_id or "", label=error.name, reason=error.code
            )
            raise
        except SessionEnded as error:
            self.refusals.note(Action.READ_SESSION, reason=error.code)
            raise

    async def _known(self, bearer: str) -> Actor:
        if bearer.startswith(TOKEN_PREFIX):
            return await self.authenticate_token(bearer)
        found = await self.authenticate(bearer, TokenKind.ACCESS)
        if found is None:
            raise SessionEnded
        return found.actor
