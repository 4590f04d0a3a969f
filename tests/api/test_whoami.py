from core.identity import Role
from tests.api.house import Site


async def test_a_visitor_is_nobody_with_few_rights(anna: Site) -> None:
    async with anna.client() as client:
        answer = await client.get("/api/v1/whoami")

    assert answer.status_code == 200
    assert answer.json()["user"] is None
    assert answer.json()["role"] == "visitor"
    assert "post.draft" not in answer.json()["permissions"]


async def test_a_member_learns_how_far_her_rights_reach(anna: Site) -> None:
    async with anna.client(Role.CONTRIBUTOR) as client:
        answer = await client.get("/api/v1/whoami")

    told = answer.json()
    assert told["user"]["email"] == anna.email(Role.CONTRIBUTOR)
    assert told["role"] == "contributor"
    assert told["permissions"]["post.edit"] == "own"
    assert told["session_id"]
