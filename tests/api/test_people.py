"""People and invitations by REST."""

from secrets import token_hex

from sqlalchemy import select

from core.identity import Role
from db.tasks import TaskRow
from tests.api.house import House, Site
from tests.isolation.estate import Estate

USERS, INVITATIONS = "/api/v1/users", "/api/v1/invitations"


async def test_an_owner_gives_a_role_shuts_out_lets_in_and_deletes(house: House, anna: Site) -> None:
    email = f"igor-{token_hex(4)}@anna.example"
    await (await Estate.of(house, anna)).admit(email)
    async with anna.client(Role.OWNER) as client:
        everybody = (await client.get(USERS, params={"limit": "100"})).json()["items"]
        [igor] = [user for user in everybody if user["email"] == email]
        url = f"{USERS}/{igor['id']}"
        read = await client.get(url)
        assert (read.json(), read.headers["cache-control"]) == (igor, "private, no-cache")

        assert (await client.put(f"{url}/role", json={"role": "editor"})).status_code == 428
        tag = {"if-match": read.headers["etag"]}
        made = await client.put(f"{url}/role", json={"role": "editor"}, headers=tag)
        assert (made.status_code, made.json()["role"]) == (200, "editor")
        assert (await client.put(f"{url}/role", json={"role": "viewer"}, headers=tag)).status_code == 412
        wrong = await client.put(f"{url}/role", json={"role": "tsar"}, headers={"if-match": "*"})
        assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/role")

        out = await client.put(f"{url}/suspension", headers={"if-match": made.headers["etag"]})
        assert out.json()["is_disabled"]
        assert not (await client.delete(f"{url}/suspension")).json()["is_disabled"]
        assert (await client.request("DELETE", url, json={"heir": "nobody"})).status_code == 422
        assert (await client.delete(url)).status_code == 204
        assert (await client.get(url)).status_code == 404


async def test_nobody_shuts_herself_out(anna: Site) -> None:
    async with anna.client(Role.OWNER) as client:
        me = (await client.get("/api/v1/whoami")).json()
        email = anna.email(Role.OWNER)
        [oneself] = [one for one in (await client.get(USERS)).json()["items"] if one["email"] == email]
        refused = await client.put(f"{USERS}/{oneself['id']}/suspension", headers={"if-match": "*"})

    assert me["role"] == "owner"
    assert (refused.status_code, refused.json()["code"]) == (409, "not_oneself")


async def test_an_invitation_is_made_sent_again_and_taken_back(anna: Site) -> None:
    email = f"new-{token_hex(4)}@anna.example"
    async with anna.client(Role.OWNER) as client:
        made = await client.post(INVITATIONS, json={"email": email, "role": "author", "name": "New"})
        assert (made.status_code, made.headers["location"]) == (201, f"{INVITATIONS}/{made.json()['id']}")
        assert made.json()["url"].startswith(f"{anna.url}/invitations/")
        listed = (await client.get(INVITATIONS)).json()["items"]
        assert made.json() in listed
        again = await client.post(f"{made.headers['location']}/letters")
        assert (again.status_code, again.json()["url"]) == (200, made.json()["url"])
        assert (await client.delete(made.headers["location"])).status_code == 204
        assert (await client.delete(made.headers["location"])).status_code == 404

    async with anna.sessions.open(anna.tenant) as session:
        waiting = (await session.execute(select(TaskRow.payload).where(TaskRow.kind == "send_mail"))).scalars().all()
    assert len(waiting) >= 2
    assert email not in str(waiting)


async def test_who_may_not_sees_nobody(anna: Site) -> None:
    for role in (Role.EDITOR, Role.VIEWER):
        async with anna.client(role) as client:
            assert (await client.get(USERS)).status_code == 403
            assert (await client.get(INVITATIONS)).status_code == 403
            assert (await client.post(INVITATIONS, json={"email": "x@y.z", "role": "author"})).status_code == 403
    async with anna.client() as client:
        assert (await client.get(USERS)).status_code == 401
