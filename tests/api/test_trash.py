import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post


async def test_what_was_deleted_lies_in_the_trash_and_comes_back(anna: Site) -> None:
    post = await made_post(anna, by=Role.AUTHOR, is_public=True)

    async with anna.client(Role.AUTHOR) as client:
        await client.delete(post.path)
        lying = await client.get(post.path)
        refused = await client.put(post.path, json={"title": "x"}, headers={"if-match": "*"})
        trash = await client.get("/api/v1/trash")
        restored = await client.post(f"/api/v1/trash/{post.id}/restoration")
    async with anna.client() as visitor:
        seen = await visitor.get(post.path)

    assert (lying.status_code, lying.json()["trashed_at"] is not None) == (200, True)
    assert (refused.status_code, refused.json()["code"]) == (409, "post_in_trash")
    assert post.id in [entry["id"] for entry in trash.json()["items"]]
    assert (restored.status_code, restored.headers["location"]) == (201, post.path)
    assert seen.status_code == 200


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.MODERATOR, 403), (Role.VIEWER, 200)])
async def test_the_trash_is_for_those_who_see_what_is_not_public(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role) as client:
        assert (await client.get("/api/v1/trash")).status_code == status


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.VIEWER, 403), (Role.AUTHOR, 403), (Role.EDITOR, 201)])
async def test_only_who_may_restores_the_post_of_another(anna: Site, role: Role | None, status: int) -> None:
    post = await made_post(anna)
    async with anna.client(Role.OWNER) as owner:
        await owner.delete(post.path)

    async with anna.client(role) as client:
        assert (await client.post(f"/api/v1/trash/{post.id}/restoration")).status_code == status
