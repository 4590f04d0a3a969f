"""A role of a site's own, and what to send where roles are changed."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from core.identity import SITE_ROLES, Role
from tests.api.house import Site

_RIGHTS = {"json": {"permissions": {"media.delete": "any"}}}
SENT: dict[str, dict[str, Any]] = {
    "DELETE /api/v1/roles/{role:str}": {},
    "PATCH /api/v1/roles/{role:str}": {"json": {"name": "Forged"}},
    "PATCH /api/v1/roles/{role:str}/permissions": _RIGHTS,
    "POST /admin/roles": {"data": {"name": "Forged {tag}", "base": "viewer"}},
    "POST /admin/roles/{role:str}": {"data": {"name": "Forged", "base": "viewer"}},
    "POST /admin/roles/{role:str}/deletion": {"data": {}},
    "POST /admin/roles/{role:str}/permissions": {"data": {"right-media.delete": "any", "step": "save"}},
    "POST /api/v1/roles": {"json": {"name": "Forged {tag}", "base": "viewer"}},
    "POST /api/v1/roles/{role:str}/permissions/preview": _RIGHTS,
    "PUT /api/v1/roles/{role:str}/permissions": _RIGHTS,
}
ASKED = {
    "/admin/why": {"action": "post.edit", "resource": "{post_id}"},
    "/api/v1/access/explanations": {"action": "post.edit", "resource": "{post_id}"},
}


MOST = 20


async def role_of(site: Site) -> str:
    """Its key. A site has a limited number of them: before there are too many, the later half goes."""
    async with site.client(Role.OWNER) as client:
        standing = (await client.get("/api/v1/roles")).json()["items"]
        own = [role["key"] for role in standing if role["key"] not in SITE_ROLES]
        for key in own[MOST // 2 :] if len(own) > MOST else ():
            assert (await client.delete(f"/api/v1/roles/{key}", headers={"if-match": "*"})).status_code == 204
        wanted = {"name": "Secret role", "base": "contributor", "key": f"r{token_hex(4)}"}
        made = await client.post("/api/v1/roles", json=wanted)
    assert made.status_code == 201, made.text
    return str(made.json()["key"])
