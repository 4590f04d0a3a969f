"""An API token of somebody at a site, and what to send where tokens are made."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from core.access import Action
from core.identity import Role
from core.users.api_tokens import ApiToken, TokenWanted, made_token
from db.api_tokens import SqlApiTokenStorage
from db.users import SqlUserStorage
from services.api_token_codes import KeyedApiTokenCodes
from services.key_ring import KeyRing
from tests.api.house import Site

NEXT_MONTH = datetime.now(UTC) + timedelta(days=30)
_WANTED = {"name": "Forged", "scopes": ["post.draft"], "expires_at": NEXT_MONTH.isoformat()}
SENT: dict[str, dict[str, Any]] = {
    "DELETE /api/v1/sessions": {},
    "DELETE /api/v1/tokens/{token_id:str}": {},
    "POST /api/v1/tokens": {"json": _WANTED},
    "POST /admin/tokens": {"data": {"name": "Forged", "scope-post.draft": "on", "days": "30"}},
    "POST /admin/tokens/{token_id:str}/revocation": {"data": {}},
}


async def token_of_author(site: Site, ring: KeyRing) -> str:
    """Its id."""
    token, _ = await _token_of(site, ring, site.email(Role.AUTHOR))
    return token.id


async def token_for(site: Site, ring: KeyRing, email: str) -> str:
    """The secret of a new one of hers."""
    _, secret = await _token_of(site, ring, email)
    return secret


async def _token_of(site: Site, ring: KeyRing, email: str) -> tuple[ApiToken, str]:
    codes = KeyedApiTokenCodes(ring, site.tenant.id)
    secret, now = codes.make(), datetime.now(UTC)
    wanted = TokenWanted(name="Secret token", scopes=frozenset({Action.DRAFT_POST}), expires_at=NEXT_MONTH)
    async with site.sessions.open(site.tenant) as session:
        user = await SqlUserStorage(session).find_by_email(email)
        assert user is not None
        token = made_token(wanted, user.id, secret, codes.digests(secret)[0], now=now, parent=None)
        await SqlApiTokenStorage(session).add(token)
        await session.commit()
    return token, secret
