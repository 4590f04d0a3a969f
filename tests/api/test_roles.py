"""Roles, what they may, and why."""

from secrets import token_hex
from typing import Any

import pytest

from core.identity import Role
from tests.api.house import Site
from tests.api.posts import made_post

ROLES = "/api/v1/roles"
WHY = "/api/v1/access/explanations"


async def made_role(site: Site, **wanted: Any) -> dict[str, Any]:
    async with site.client(Role.OWNER) as client:
        made = await client.post(
            ROLES, json={"name": "Guest", "base": "contributor", "key": f"g{token_hex(3)}"} | wanted
        )
    assert made.status_code == 201, made.text
    role: dict[str, Any] = made.json() | {"path": made.headers["location"], "etag": made.headers["etag"]}
    return role


async def test_a_role_is_made_read_changed_and_deleted(anna: Site) -> None:
    key = f"g{token_hex(3)}"
    async with anna.client(Role.OWNER) as client:
        made = await client.post(ROLES, json={"name": "Guest", "base": "viewer", "key": key, "description": "Friends"})
        again = await client.post(ROLES, json={"name": "Guest", "base": "viewer", "key": key})
        read = await client.get(made.headers["location"])
        kept = await client.get(made.headers["location"], headers={"if-none-match": read.headers["etag"]})
        absent = await client.patch(made.headers["location"], json={"name": "Late"})
        renamed = await client.patch(
            made.headers["location"], json={"name": "Writer"}, headers={"if-match": read.headers["etag"]}
        )
        stale = await client.patch(
            made.headers["location"], json={"name": "Old"}, headers={"if-match": read.headers["etag"]}
        )
        listed = (await client.get(ROLES)).json()
        deleted = await client.delete(made.headers["location"])
        gone = await client.get(made.headers["location"])
        fixed = await client.delete(f"{ROLES}/editor")

    assert (made.status_code, again.status_code, again.json()["code"]) == (201, 409, "role_key_taken")
    assert read.json() == {
        "key": key,
        "name": "Guest",
        "description": "Friends",
        "base": "viewer",
        "is_own": True,
        "is_fixed": False,
        "people": 0,
    }
    assert (kept.status_code, absent.status_code, stale.status_code) == (304, 428, 412)
    assert (renamed.json()["name"], renamed.json()["description"]) == ("Writer", "Friends")
    by_key = {role["key"]: role for role in listed["items"]}
    assert (by_key[key]["name"], by_key["owner"]["is_fixed"], by_key["editor"]["people"] > 0) == ("Writer", True, True)
    assert (deleted.status_code, gone.status_code, fixed.status_code) == (204, 404, 409)


async def test_what_a_role_may_is_looked_at_weighed_and_changed_for_all_workers(anna: Site) -> None:
    role = await made_role(anna)
    path = f"{role['path']}/permissions"
    async with anna.client(Role.OWNER) as client:
        before = await client.get(path)
        wanted = {"permissions": {"post.publish": "own", "media.upload": "none", "post.draft": "any"}}
        weighed = (await client.post(f"{path}/preview", json=wanted)).json()
        given = await client.patch(path, json=wanted, headers={"if-match": before.headers["etag"]})
        stale = await client.patch(path, json=wanted, headers={"if-match": before.headers["etag"]})
        back = await client.patch(path, json={"permissions": {"media.upload": None}}, headers={"if-match": "*"})
        replaced = await client.put(path, json={"permissions": {"tag.edit": "any"}}, headers={"if-match": "*"})

    first, publish = before.json()["permissions"], given.json()["permissions"]["post.publish"]
    assert first["post.publish"]["choices"] == ["none", "own", "any"]
    assert first["session.create"]["choices"] == ["any"]
    assert (publish["scope"], publish["default"], publish["text"]) == ("own", "none", "Publish posts and pages")
    assert [one["action"] for one in weighed["allowed"]] == ["post.publish"]
    assert [one["action"] for one in weighed["forbidden"]] == ["media.upload"]
    assert (stale.status_code, back.json()["permissions"]["media.upload"]["scope"]) == (412, "any")
    after = replaced.json()["permissions"]
    assert (after["post.publish"]["scope"], after["tag.edit"]["scope"]) == ("none", "any")


@pytest.mark.parametrize(
    ("role", "permissions", "status"),
    [
        ("editor", {"post.burn": "any"}, 422),
        ("editor", {"post.edit": "some"}, 422),
        ("editor", {"tenant.create": "any"}, 422),
        ("visitor", {"post.draft": "any"}, 422),
        ("owner", {"site.edit": "none"}, 409),
        ("nobody", {}, 404),
    ],
)
async def test_what_cannot_be_is_refused(anna: Site, role: str, permissions: dict[str, str], status: int) -> None:
    async with anna.client(Role.OWNER) as client:
        answer = await client.patch(
            f"{ROLES}/{role}/permissions", json={"permissions": permissions}, headers={"if-match": "*"}
        )

    assert answer.status_code == status
    if status == 422 and "post.edit" not in permissions:
        assert answer.json()["errors"][0]["pointer"] == f"/permissions/{next(iter(permissions))}"


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.EDITOR, 403)])
async def test_only_the_owner_looks_and_decides(anna: Site, role: Role | None, status: int) -> None:
    async with anna.client(role, **{"if-match": "*"}) as client:
        body: dict[str, Any] = {"permissions": {}}
        answers = [
            await client.get(ROLES),
            await client.get(f"{ROLES}/editor"),
            await client.get(f"{ROLES}/editor/permissions"),
            await client.post(ROLES, json={"name": "Mine", "base": "viewer"}),
            await client.patch(f"{ROLES}/editor", json={}),
            await client.put(f"{ROLES}/editor/permissions", json=body),
            await client.patch(f"{ROLES}/editor/permissions", json=body),
            await client.post(f"{ROLES}/editor/permissions/preview", json=body),
            await client.delete(f"{ROLES}/editor"),
        ]

    assert {answer.status_code for answer in answers} == {status}


async def test_a_member_asks_why(anna: Site) -> None:
    post = await made_post(anna, by=Role.CONTRIBUTOR)
    hidden = await made_post(anna, by=Role.OWNER)
    async with anna.client(Role.CONTRIBUTOR, **{"accept-language": "en"}) as client:
        why = await client.get(WHY, params={"action": "post.publish", "resource": post.id})
        other = await client.get(WHY, params={"action": "post.edit", "resource": hidden.id})
        nothing = await client.get(WHY, params={"action": "post.edit", "resource": "nothing"})
        about_her = await client.get(WHY, params={"action": "post.edit", "role": "owner"})
        unknown = await client.get(WHY, params={"action": "post.burn"})
    async with anna.client() as visitor:
        outside = await visitor.get(WHY, params={"action": "post.publish", "resource": post.id})

    told = why.json()
    assert (told["is_allowed"], told["role"], told["scope"], told["nearest_role"]) == (
        False,
        "contributor",
        "none",
        "author",
    )
    assert told["reasons"][0] == "The role “Contributor” may not do this: “Publish posts and pages”."
    assert "“Author”" in told["advice"]
    assert (other.status_code, nothing.status_code) == (404, 404)
    assert {**other.json(), "request_id": ""} == {**nothing.json(), "request_id": ""}, "refused looks like missing"
    assert (about_her.status_code, unknown.status_code, outside.status_code) == (403, 400, 401)


async def test_the_owner_asks_about_others(anna: Site) -> None:
    role = await made_role(anna, base="viewer")
    async with anna.client(Role.OWNER) as client:
        hers = await client.get(WHY, params={"action": "post.edit", "user": anna.email(Role.EDITOR)})
        of_role = await client.get(WHY, params={"action": "post.draft", "role": role["key"]})
        nobody = await client.get(WHY, params={"action": "post.edit", "user": "nobody@example.org"})

    assert (hers.json()["is_allowed"], hers.json()["role"]) == (True, "editor")
    assert (of_role.json()["base"], of_role.json()["is_allowed"]) == ("viewer", False)
    assert nobody.status_code == 404
