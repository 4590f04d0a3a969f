"""Posts made by way of the API itself."""

from __future__ import annotations

from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from core.identity import Role
from tests.api.house import Site

POSTS = "/api/v1/posts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A post as it was answered with, and its ETag."""

    id: str
    tag: str
    shown: dict[str, Any]

    @property
    def path(self) -> str:
        return f"{POSTS}/{self.id}"


async def made_post(site: Site, *, by: Role = Role.OWNER, is_public: bool = False, **fields: Any) -> Made:
    fields = {"title": f"A post {token_hex(4)}", "body": "Some *text*.", **fields}
    async with site.client(by) as client:
        answer = await client.post(POSTS, json=fields)
        assert answer.status_code == 201, answer.text
        if is_public:
            publication = f"{answer.headers['location']}/publication"
            answer = await client.put(publication, headers={"if-match": answer.headers["etag"]})
            assert answer.status_code == 200, answer.text
    shown = answer.json()
    return Made(id=shown["id"], tag=answer.headers["etag"], shown=shown)
