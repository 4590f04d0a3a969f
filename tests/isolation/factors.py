"""Somebody's second factor, and what to send where people look after theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import select

from core.identity import Role
from core.users.credentials import Passwords
from core.users.entities import User, new_user_id
from core.users.factors import Factor, FactorKind, new_factor_id
from db.factors import FactorRow, SqlFactorStorage
from db.users import SqlUserStorage, UserRow
from tests.api.house import PASSWORD, Site

API, DESK = "/api/v1/factors", "/admin/profile/factors"
_PASSWORD = {"current_password": PASSWORD}
_APP = {"setup": "v4.local.forged", "code": "000000", **_PASSWORD}
ONES_OWN = frozenset({f"POST {DESK}/{{factor_id:str}}/removal", f"DELETE {API}/{{factor_id:str}}"})
"""Not even an owner reaches a factor there that is another's."""
NEEDS_A_DEVICE = frozenset(
    {
        *("POST /login/second", "POST /login/passkey", f"POST {DESK}/app", f"POST {DESK}/passkeys"),
        f"POST {DESK}/recovery-codes",
    }
)
"""What only an app or a passkey can answer: the form is read, and what stands in it refused.
tests/pages/test_factors.py and tests/browser/test_passkeys.py have such devices."""
SENT: dict[str, dict[str, Any]] = {
    "POST /login/second": {"data": {"code": "000000"}},
    "POST /login/passkey": {"data": {"credential": "{}"}},
    "POST /login/passkey/options": {"data": {}},
    "POST /invitations/{token:str}/passkey": {"data": {"name": "Forged"}},
    f"POST {DESK}/app": {"data": _APP},
    f"POST {DESK}/passkeys": {"data": {"name": "Forged", "credential": "forged", **_PASSWORD}},
    f"POST {DESK}/passkeys/options": {"data": {}},
    f"POST {DESK}/recovery-codes": {"data": _PASSWORD},
    f"POST {DESK}/{{factor_id:str}}/removal": {"data": _PASSWORD},
    "POST /admin/security": {"data": {}},
    "POST /admin/users/{user_id:str}/factors": {"data": {}},
    f"POST {API}": {"json": _APP},
    f"POST {API}/setup": {},
    f"POST {API}/recovery-codes": {"json": _PASSWORD},
    f"DELETE {API}/{{factor_id:str}}": {"json": _PASSWORD},
    "DELETE /api/v1/users/{user_id:str}/factors": {},
    "PUT /api/v1/site/security": {"json": {"factor_roles": []}},
}


async def factor_of(site: Site, passwords: Passwords) -> str:
    """The id of a passkey of somebody whom nobody else needs: whoever signs in as another is asked for nothing more."""
    now, word = datetime.now(UTC), token_hex(4)
    holder = User(
        id=new_user_id(),
        email=f"{word}@holder.example",
        name=f"Secret {word}",
        role=Role.VIEWER,
        password_hash=await passwords.hash(PASSWORD),
        created_at=now,
    )
    passkey = Factor(
        id=new_factor_id(),
        user_id=holder.id,
        kind=FactorKind.PASSKEY,
        name=f"Secret {word}",
        secret=word,
        created_at=now,
        credential=word,
        host=site.tenant.primary_host,
    )
    async with site.sessions.open(site.tenant) as session:
        await SqlUserStorage(session).add(holder)
        await SqlFactorStorage(session).add(passkey)
        await session.commit()
    return passkey.id


async def holder_of(site: Site, factor_id: str) -> str:
    """Her e-mail address."""
    query = select(UserRow.email).join(FactorRow, FactorRow.user_id == UserRow.id).where(FactorRow.id == factor_id)
    async with site.sessions.open(site.tenant) as session:
        return str(await session.scalar(query))
