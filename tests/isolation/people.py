"""Somebody at a site whom nobody misses, an open invitation, and links that change credentials."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Any

from core.identity import Role
from core.users.credentials import LinkClaims, LinkPurpose
from core.users.entities import Invitation, User, new_invitation_id, new_user_id
from core.users.reset import email_bound, reset_bound
from db.users import SqlInvitationStorage, SqlUserStorage
from services.key_ring import KeyRing
from services.link_tokens import HmacLinkTokens
from tests.api.house import PASSWORD, Site

ENDS_STAYS = frozenset(
    {"POST /admin/profile/sessions/others", "POST /admin/profile/password", "DELETE /api/v1/sessions"}
)
"""They end the other sessions of whoever sends them: somebody sends them whose sessions nobody else needs."""
_PASSWORDS = {"password": PASSWORD, "password_again": PASSWORD}
SENT: dict[str, dict[str, Any]] = {
    "DELETE /api/v1/invitations/{invitation_id:str}": {},
    "DELETE /api/v1/users/{user_id:str}": {},
    "DELETE /api/v1/users/{user_id:str}/suspension": {},
    "POST /admin/profile": {"data": {"name": "Owner of a site", "bio": "Forged *words*."}},
    "POST /admin/profile/email": {"data": {"email": "{tag}@forged.example", "current_password": PASSWORD}},
    "POST /admin/profile/password": {"data": {"current_password": PASSWORD, **_PASSWORDS}},
    "POST /admin/profile/sessions/others": {"data": {}},
    "POST /admin/profile/sessions/{session_id:str}/end": {"data": {}},
    "POST /admin/users": {"data": {"email": "{tag}@forged.example", "role": "author"}},
    "POST /admin/users/invitations/{invitation_id:str}/revocation": {"data": {}},
    "POST /admin/users/invitations/{invitation_id:str}/sending": {"data": {}},
    "POST /admin/users/{user_id:str}/deletion": {"data": {}},
    "POST /admin/users/{user_id:str}/disabling": {"data": {}},
    "POST /admin/users/{user_id:str}/enabling": {"data": {}},
    "POST /admin/users/{user_id:str}/role": {"data": {"role": "editor"}},
    "POST /api/v1/invitations": {"json": {"email": "{tag}@forged.example", "role": "author"}},
    "POST /api/v1/invitations/{invitation_id:str}/letters": {},
    "POST /email-change/{change:str}": {"data": {}},
    "POST /password-reset": {"data": {"email": "{tag}@forged.example"}},
    "POST /password-reset/{reset:str}": {"data": _PASSWORDS},
    "PUT /api/v1/users/{user_id:str}/role": {"json": {"role": "editor"}},
    "PUT /api/v1/users/{user_id:str}/suspension": {},
}


async def people_of(site: Site, ring: KeyRing) -> dict[str, str]:
    now, links = datetime.now(UTC), HmacLinkTokens(ring, site.tenant.id)
    word = token_hex(4)
    somebody = User(
        id=new_user_id(),
        email=f"{word}@secret.example",
        name=f"Secret {word}",
        role=Role.AUTHOR,
        password_hash="none",
        created_at=now,
    )
    invitation = Invitation(
        id=new_invitation_id(),
        email=f"{word}@invited.example",
        name="",
        role=Role.AUTHOR,
        created_at=now,
        expires_at=now + timedelta(days=1),
    )
    async with site.sessions.open(site.tenant) as session:
        await SqlUserStorage(session).add(somebody)
        await SqlInvitationStorage(session).add(invitation)
        await session.commit()
    until = now + timedelta(hours=1)
    reset = LinkClaims(purpose=LinkPurpose.PASSWORD_RESET, user_id=somebody.id, expires_at=until)
    change = LinkClaims(
        purpose=LinkPurpose.EMAIL_CHANGE, user_id=somebody.id, expires_at=until, email=f"{word}@new.example"
    )
    return {
        "user_id": somebody.id,
        "invitation_id": invitation.id,
        "reset": links.make(reset, bound=reset_bound(somebody)),
        "change": links.make(change, bound=email_bound(somebody)),
    }
